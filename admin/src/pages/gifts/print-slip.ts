import { escapeHtml } from '@tessera/checkout/domain';
import type { GiftSlip } from '@tessera/points/contracts';
import i18next from 'i18next';
import { printMarkup } from '../../components/print-page';
import { formatInstant } from '../../components/instant';
import { pick } from '../../providers/i18n';

/** The slip of a gift, for the paper of this device: what it was, for how many points, and under which number it is found. */
export function printSlip(slip: GiftSlip, place: { storeName: string; timeZone: string }): Promise<void> {
  const rows = [
    [i18next.t('gifts.slip'), slip.number],
    [i18next.t('gifts.spent'), String(slip.points)],
    [i18next.t('gifts.when'), formatInstant(slip.occurredAt, place.timeZone)],
    [i18next.t('gifts.who'), slip.staffName],
  ];
  const table = rows.map(
    ([name = '', value = '']) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(value)}</td></tr>`,
  );
  return printMarkup(
    `<h1>${escapeHtml(place.storeName)}</h1><h2>${escapeHtml(pick(slip.label))}</h2><table>${table.join('')}</table>`,
  );
}
