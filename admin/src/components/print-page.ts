import { http } from '../providers/http';

const WIDTH = 'tessera.till.paper-width';
const EVERY = 'tessera.till.print-every';
export const PAPER_WIDTHS = [58, 80] as const;
export type PaperWidth = (typeof PAPER_WIDTHS)[number];

export function paperWidth(): PaperWidth {
  return localStorage.getItem(WIDTH) === '58' ? 58 : 80;
}

export function choosePaperWidth(width: PaperWidth): void {
  localStorage.setItem(WIDTH, String(width));
}

export function printsEvery(): boolean {
  return localStorage.getItem(EVERY) === 'yes';
}

export function choosePrintsEvery(isOn: boolean): void {
  localStorage.setItem(EVERY, isOn ? 'yes' : 'no');
}

/**
 * Fetches a page with the session (a plain link could not carry it), for the paper of this device and in the language of
 * the panel, and prints it from a hidden frame.
 */
async function printPage(path: string, language: string, query: Record<string, string> = {}): Promise<void> {
  const params = { width: paperWidth(), lang: language === 'en' ? 'en' : 'zh', ...query };
  const page = (await http.get<Blob>(path, { params, responseType: 'blob' })).data;
  const url = URL.createObjectURL(new Blob([page], { type: 'text/html' }));
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0';
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  const loaded = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve(), { once: true }));
  frame.src = url;
  document.body.append(frame);
  await loaded;
  frame.contentWindow?.addEventListener('afterprint', () => {
    frame.remove();
    URL.revokeObjectURL(url);
  });
  frame.contentWindow?.print();
}

export function printReceipt(id: string, language: string): Promise<void> {
  return printPage(`/api/checkout/transactions/${id}/receipt`, language);
}

/** X while the shift is open, Z once it is closed. */
export function printShiftReport(id: string, language: string): Promise<void> {
  return printPage(`/api/checkout/shifts/${id}/report`, language, { format: 'html' });
}
