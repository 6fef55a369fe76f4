import type { MaskKind } from './resource';

const TEXT = '***';

/** `+8613812345678` → `+861*****5678`: country and last four, what a cashier needs to recognise a member. */
function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 8) return TEXT;
  return `${phone.slice(0, 3)}${'*'.repeat(Math.max(3, phone.length - 7))}${phone.slice(-4)}`;
}

/** 张三丰 → 张**, by code points. */
function maskName(name: string): string {
  const [first = ''] = name;
  return `${first}**`;
}

/** How a personal value looks to somebody who may know that it exists, not what it is. Nothing stays nothing. */
export function mask(kind: MaskKind, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = String(value);
  if (kind === 'phone') return maskPhone(text);
  if (kind === 'name') return maskName(text);
  return kind === 'date' ? '****-**-**' : TEXT;
}
