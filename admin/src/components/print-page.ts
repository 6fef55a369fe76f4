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

/** Prints a page from a hidden frame. */
async function printBlob(page: Blob): Promise<void> {
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

/** Fetches a page with the session (a plain link could not carry it), for the paper of this device and in the language of the panel. */
async function printPage(path: string, language: string, query: Record<string, string> = {}): Promise<void> {
  const params = { width: paperWidth(), lang: language === 'en' ? 'en' : 'zh', ...query };
  await printBlob((await http.get<Blob>(path, { params, responseType: 'blob' })).data);
}

const PAPER_STYLE = `@page{margin:0}body{font:13px/1.5 system-ui,sans-serif;margin:3mm}h1{font-size:15px}h2{font-size:18px}
h1,h2{margin:0 0 2mm;text-align:center}table{width:100%}td:last-child{text-align:right}`;

/** What the panel itself knows, on the paper of this device. `body`: markup whose texts are escaped. */
export function printMarkup(body: string): Promise<void> {
  const style = `${PAPER_STYLE}body{width:${paperWidth() - 8}mm}`;
  return printBlob(new Blob([`<!doctype html><meta charset="utf-8"><style>${style}</style>${body}`]));
}

export function printReceipt(id: string, language: string): Promise<void> {
  return printPage(`/api/checkout/transactions/${id}/receipt`, language);
}

/** X while the shift is open, Z once it is closed. */
export function printShiftReport(id: string, language: string): Promise<void> {
  return printPage(`/api/checkout/shifts/${id}/report`, language, { format: 'html' });
}
