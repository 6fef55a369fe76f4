import type { RefundState, Transaction } from '@tessera/checkout/contracts';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

const ENDING_DIGITS = 4;

/** Cards of the sale that are somebody else's by now: whom the money is for, and where value goes back. */
export function HandedOnNotice({
  sale,
  state,
  lineNos,
}: {
  sale: Transaction;
  state: RefundState;
  /** What is taken back. */
  lineNos: readonly number[];
}) {
  const { t } = useTranslation();
  const member = (number: string | null, otherwise: string) =>
    number === null ? otherwise : t('refunds.handedOn.member', { number });
  const warnings = state.handedOn.flatMap((card) => {
    const isBought = card.lineNos.some((lineNo) => lineNos.includes(lineNo));
    const values = {
      ending: card.number.slice(-ENDING_DIGITS),
      holder: member(card.memberNo, t('refunds.handedOn.somebody')),
      buyer: member(sale.memberNo, t('refunds.handedOn.buyer')),
    };
    return [
      ...(isBought ? [t('refunds.handedOn.bought', values)] : []),
      ...(card.isPaidFrom ? [t('refunds.handedOn.paid', values)] : []),
    ];
  });
  return warnings.map((text) => <Alert key={text} type="warning" showIcon message={text} className="refund-warning" />);
}
