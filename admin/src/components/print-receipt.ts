import { http } from '../providers/http';

/** The receipt as the server draws it, printed from a hidden frame: the page one works on stays as it is. */
export async function printReceipt(transactionId: string): Promise<void> {
  const { data } = await http.get<string>(`/api/checkout/transactions/${transactionId}/receipt`, {
    responseType: 'text',
    headers: { accept: 'text/html' },
  });
  const frame = document.createElement('iframe');
  frame.title = 'receipt';
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0';
  frame.srcdoc = data;
  frame.onload = () => {
    frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
    frame.contentWindow?.print();
  };
  document.body.append(frame);
}
