import { notFound } from '@tessera/kernel/domain';
import { toString as qrCodeOf } from 'qrcode';
import { receiptHtml, toTransaction, type ReceiptLanguage, type ReceiptWidth } from '../domain';
import { readReceiptPlace } from '../store/receipt-store';
import type { Act, Desk } from './price-cart';
import { findTransaction } from './view-transaction';

export interface ReceiptRequest {
  id: string;
  width: ReceiptWidth;
  lang: ReceiptLanguage;
}

/** `GET /api/checkout/transactions/{id}/receipt`: the member's name as this person may see it. @throws not_found, forbidden */
export async function printReceipt(desk: Desk, act: Act, { id, width, lang }: ReceiptRequest): Promise<string> {
  const transaction = toTransaction(await findTransaction(desk, act, id));
  const place = await readReceiptPlace(desk.database, transaction);
  if (!place) throw notFound({ what: 'store', id: transaction.storeId });
  const qrCode = await qrCodeOf(transaction.number, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  return receiptHtml(transaction, place, { language: lang, width, qrCode });
}
