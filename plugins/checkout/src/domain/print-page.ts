export type ReceiptLanguage = 'zh' | 'en';
/** Paper width in millimetres. */
export type ReceiptWidth = 58 | 80;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Label left, value right. */
export function row(label: string, value: string, kind = ''): string {
  return `<tr${kind ? ` class="${kind}"` : ''}><td>${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`;
}

/** `YYYY-MM-DD hh:mm:ss` in the zone of the store. */
export function localTime(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return parts.format(new Date(instant));
}

function styleOf(width: ReceiptWidth): string {
  return `@page{size:${width}mm auto;margin:0}*{box-sizing:border-box}
body{width:${width}mm;margin:0 auto;padding:3mm;color:#000;background:#fff;font:${width === 58 ? 9 : 10}pt/1.35 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.3em;margin:0}header,footer{text-align:center}header p,footer p{margin:.5mm 0}
table{width:100%;border-collapse:collapse;border-top:1px dashed #000;margin-top:2mm;padding-top:1mm}td{padding:.3mm 0;vertical-align:top;overflow-wrap:anywhere}
td+td{text-align:right;white-space:nowrap;padding-left:2mm}.name td{font-weight:600}.why td{font-size:.88em}.why td:first-child{padding-left:2mm}
.total td{font-size:1.25em;font-weight:700}.qr svg{width:26mm;height:26mm;display:block;margin:2mm auto 0}`;
}

export function paragraph(text: string | null): string {
  return text ? `<p>${escapeHtml(text)}</p>` : '';
}

export function table(rows: readonly string[]): string {
  return rows.length > 0 ? `<table>${rows.join('')}</table>` : '';
}

/** A page for a receipt printer: self-contained, no script. `parts` are HTML whose texts are escaped. */
export function printPage(page: {
  title: string;
  language: ReceiptLanguage;
  width: ReceiptWidth;
  parts: readonly string[];
}): string {
  const { title, language, width, parts } = page;
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${styleOf(width)}</style></head><body>
${parts.join('\n')}</body></html>`;
}
