import { useEffect } from 'react';

/** The key that opened a dialog may be gone when that closes: then nothing has the focus, and Esc still leaves the sheet. */
export function useEscape(onClose: () => void): void {
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent) => key === 'Escape' && document.activeElement === document.body && onClose();
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [onClose]);
}
