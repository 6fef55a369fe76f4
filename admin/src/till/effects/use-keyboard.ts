import { useEffect, useRef } from 'react';
import { nextKey, NO_BURST, withoutBurst } from '../model/scanner';
import { commandOf, type Command } from '../model/shortcuts';

export interface KeyboardHandlers {
  onScan(code: string): void;
  onDigit(digit: string): void;
  /** @returns true when it was done, so the browser must not act on the key as well */
  onCommand(command: Command): boolean;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function textFieldOf(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLTextAreaElement) return target;
  if (!(target instanceof HTMLInputElement)) return null;
  return ['checkbox', 'radio', 'button', 'submit'].includes(target.type) ? null : target;
}

/** Takes a barcode out of the field it was typed into; React sees it as an ordinary change. */
function clean(field: TextField, scanned: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  const setValue = Object.getOwnPropertyDescriptor(prototype, 'value')?.set;
  setValue?.call(field, withoutBurst(field.value, scanned));
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, [role="option"], summary, select') !== null;
}

/** One listener for the whole page: the scanner wherever the focus is, and the keys of the till. */
export function useKeyboard(handlers: KeyboardHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    let burst = NO_BURST;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing) return;
      const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
      const step = nextKey(burst, { key: event.key, at: event.timeStamp, hasModifier });
      burst = step.burst;
      const field = textFieldOf(event.target);
      if (step.scanned !== null) {
        event.preventDefault();
        event.stopPropagation();
        if (field) clean(field, step.scanned);
        latest.current.onScan(step.scanned);
        return;
      }
      if (step.isInsideBurst) return;
      const context = { isInTextField: field !== null, isOnControl: isControl(event.target), hasModifier };
      const command = commandOf(event.key, context);
      if (command === null) return;
      if (typeof command === 'object') latest.current.onDigit(command.digit);
      else if (latest.current.onCommand(command)) event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}
