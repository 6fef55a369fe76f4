import type { PaymentMethod } from '../contracts';
import type { ReceiptLanguage } from './print-page';

/** How paper names what moved the money. Complete: what is added to the methods does not compile until it has its names. */
const NAMES: Record<ReceiptLanguage, Record<PaymentMethod, string>> = {
  zh: { cash: '现金', card: '银行卡', transfer: '转账', 'stored-value': '储值', 'spent-points': '扣回已用积分' },
  en: {
    cash: 'Cash',
    card: 'Card',
    transfer: 'Transfer',
    'stored-value': 'Stored value',
    'spent-points': 'Withheld for spent points',
  },
};

/** @param method as it was booked; one that is not known any more is its own name */
export function paymentName(method: string, language: ReceiptLanguage): string {
  return NAMES[language][method as PaymentMethod] ?? method;
}
