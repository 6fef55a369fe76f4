/** Each fault that a check is for, planted past the triggers that refuse it, and only within a transaction that is undone. */
export const FAULTS: [check: string, fault: string][] = [
  ['ledger/journals-balance', 'UPDATE tessera.posting SET amount = amount + 1 WHERE entry = 1 AND journal_id = $1'],
  ['ledger/balances-are-sums', `UPDATE tessera.account SET balance = balance + 1 WHERE account = 'card' AND $1 <> ''`],
  [
    'checkout/totals-are-lines',
    'UPDATE tessera.transaction_line SET tax_amount = tax_amount + 1 WHERE transaction_id = $1',
  ],
  ['checkout/totals-are-lines', 'DELETE FROM tessera.transaction_line WHERE transaction_id = $1'],
  [
    'checkout/lines-explain-themselves',
    `UPDATE tessera.transaction_line SET adjustments = '[]' WHERE transaction_id = $1`,
  ],
  ['checkout/payments-are-paid', `DELETE FROM tessera.payment WHERE method = 'cash' AND transaction_id = $1`],
  [
    'checkout/money-is-in-the-journal',
    `UPDATE tessera.payment SET method = 'transfer' WHERE entry = 1 AND transaction_id = $1`,
  ],
  ['checkout/money-is-in-the-journal', 'DELETE FROM tessera.posting WHERE journal_id = $1'],
  [
    'checkout/exchanges-carry-what-came-back',
    `UPDATE tessera.payment SET amount = amount + 1 WHERE reference IS NOT NULL AND $1 <> ''`,
  ],
  ['checkout/numbers-have-no-gaps', 'DELETE FROM tessera.transaction WHERE id = $1'],
  ['checkout/numbers-have-no-gaps', `UPDATE tessera.transaction SET number = number || '999' WHERE id = $1`],
  [
    'checkout/refunds-within-the-sale',
    'UPDATE tessera.transaction_line SET quantity = 2, list_amount = 3980 WHERE transaction_id = $1',
  ],
  ['checkout/refunds-within-the-sale', 'UPDATE tessera.transaction SET paid = paid + 1, rounding = 1 WHERE id = $1'],
  [
    'checkout/withheld-for-spent-points',
    `UPDATE tessera.payment SET method = 'spent-points' WHERE amount < 0 AND $1 <> ''`,
  ],
  [
    'checkout/withheld-for-spent-points',
    `WITH claimed AS (UPDATE tessera.point_booking SET paid_for = 1 WHERE refunds_journal_id IS NOT NULL)
      UPDATE tessera.payment SET method = 'spent-points' WHERE amount < 0 AND $1 <> ''`,
  ],
  [
    'points/lots-are-balance',
    `UPDATE tessera.point_lot SET remaining = remaining - 1 WHERE remaining > 0 AND $1 <> ''`,
  ],
  ['points/lots-are-balance', `UPDATE tessera.account SET balance = 999 WHERE account = 'points' AND $1 <> ''`],
  ['points/lots-are-moves', `DELETE FROM tessera.point_move WHERE kind = 'taken-back' AND $1 <> ''`],
  ['points/lots-are-moves', `UPDATE tessera.point_lot SET amount = amount + 1 WHERE journal_id = $1`],
  ['points/earned-once', 'DELETE FROM tessera.point_lot WHERE journal_id = $1'],
  ['points/earned-once', 'UPDATE tessera.point_booking SET earned = earned - 1 WHERE refunds_journal_id = $1'],
  ['points/gift-stock-is-moves', `UPDATE tessera.account SET balance = 1 WHERE account = 'gift-stock' AND $1 <> ''`],
  ['points/gift-stock-is-moves', `DELETE FROM tessera.gift_stock_move WHERE kind = 'returned' AND $1 <> ''`],
  ['points/gifts-are-points', `UPDATE tessera.gift_handout SET points = points + 1 WHERE $1 <> ''`],
  ['points/gifts-are-points', `DELETE FROM tessera.gift_return WHERE $1 <> ''`],
  ['points/gifts-within-limits', `DELETE FROM tessera.gift_return WHERE $1 <> ''`],
  ['campaigns/used-once', `UPDATE tessera.coupon SET state = 'open', used_by = NULL WHERE state = 'used' AND $1 <> ''`],
  ['campaigns/used-once', `UPDATE tessera.coupon SET used_by = $1 WHERE state = 'used'`],
  ['campaigns/used-once', `DELETE FROM tessera.coupon_event WHERE kind = 'given-back' AND $1 <> ''`],
  ['campaigns/uses-within-limits', `UPDATE tessera.coupon_counter SET used = used - 1 WHERE $1 <> ''`],
  ['campaigns/uses-within-limits', `DELETE FROM tessera.coupon_counter WHERE member_id <> '' AND $1 <> ''`],
  ['campaigns/issues-are-coupons', `UPDATE tessera.coupon SET valid_until = now() WHERE state = 'used' AND $1 <> ''`],
  ['checkout/coupons-are-adjustments', `UPDATE tessera.coupon_use SET amount = amount + 1 WHERE $1 <> ''`],
  [
    'checkout/coupons-are-adjustments',
    `UPDATE tessera.transaction_line SET adjustments = '[{"source":"coupon","code":"X","amount":-1}]' WHERE transaction_id = $1`,
  ],
  [
    'checkout/given-coupons-go-back',
    `UPDATE tessera.coupon SET state = 'open' WHERE state = 'void' AND $1 <> ''
      AND issue_id IN (SELECT issue_id FROM tessera.coupon_grant WHERE pieces_left = 0)`,
  ],
  [
    'checkout/given-coupons-go-back',
    `UPDATE tessera.coupon_grant SET pieces_left = pieces_left + 1 WHERE pieces_left = 1 AND $1 <> ''`,
  ],
  ['checkout/given-coupons-go-back', `UPDATE tessera.coupon_grant SET line_no = 9 WHERE $1 <> ''`],
  ['cards/lots-are-moves', `UPDATE tessera.card_lot SET sessions = sessions - 1 WHERE sessions > 0 AND $1 <> ''`],
  ['cards/lots-are-moves', `DELETE FROM tessera.card_move WHERE kind = 'refunded' AND $1 <> ''`],
  ['cards/cards-are-accounts', `UPDATE tessera.card_lot SET bonus = bonus + 1 WHERE bonus < bonus_sold AND $1 <> ''`],
  ['cards/cards-are-accounts', `UPDATE tessera.account SET balance = 1 WHERE account = 'bonus' AND $1 <> ''`],
  [
    'cards/cards-are-accounts',
    `UPDATE tessera.card_lot SET principal = principal + 1 WHERE plan_id = 'store-credit' AND $1 <> ''`,
  ],
  [
    'cards/returned-within-spent',
    `UPDATE tessera.card_move SET uses = 2 WHERE kind = 'returned' AND uses > 0 AND $1 <> ''`,
  ],
  [
    'cards/returned-within-spent',
    `UPDATE tessera.card_move SET principal = principal * 9 WHERE kind = 'returned' AND $1 <> ''`,
  ],
  [
    'cards/days-are-not-ahead',
    `UPDATE tessera.card_move SET principal = principal - 3000 WHERE kind = 'elapsed' AND $1 <> ''`,
  ],
  [
    'cards/days-are-not-ahead',
    `UPDATE tessera.card_lot SET started_on = started_on + 3 WHERE kind = 'time' AND $1 <> ''`,
  ],
  ['cards/uses-within-limit', `UPDATE tessera.card_move SET uses = -2 WHERE used_on IS NOT NULL AND $1 <> ''`],
  [
    'cards/uses-within-limit',
    `UPDATE tessera.card_lot SET started_on = started_on + 9 WHERE kind = 'time' AND $1 <> ''`,
  ],
  ['cards/instalments-are-given', `UPDATE tessera.card_move SET bonus = bonus + 1 WHERE kind = 'granted' AND $1 <> ''`],
  ['cards/instalments-are-given', `UPDATE tessera.card_instalment SET due_on = due_on + 90 WHERE $1 <> ''`],
  ['cards/acts-explain-cards', `UPDATE tessera.card SET status = 'lost', blocked_on = now() WHERE $1 <> ''`],
  ['cards/acts-explain-cards', `UPDATE tessera.card_act SET details = '{"after": {"number": "1"}}' WHERE $1 <> ''`],
  [
    'checkout/cards-are-paid',
    `UPDATE tessera.card_move SET principal = principal + 1 WHERE kind = 'sold' AND $1 <> ''
      AND lot_id IN (SELECT id FROM tessera.card_lot WHERE part_no = 1)`,
  ],
  ['checkout/value-is-paid-from-cards', `DELETE FROM tessera.card_move WHERE kind = 'spent' AND $1 <> ''`],
  [
    'checkout/value-is-paid-from-cards',
    `UPDATE tessera.payment SET method = 'stored-value' WHERE entry = 1 AND transaction_id = $1`,
  ],
  ['checkout/cards-are-paid', `DELETE FROM tessera.card_move WHERE kind = 'sold' AND $1 <> ''`],
  [
    'checkout/refunds-within-the-sale',
    `UPDATE tessera.transaction_line SET adjustments = '[]' WHERE kind = 'card-plan' AND $1 <> ''`,
  ],
  ['checkout/days-are-transactions', `UPDATE tessera.member_day SET spend = spend + 1 WHERE $1 <> ''`],
  [
    'checkout/days-are-transactions',
    `UPDATE tessera.member_day SET topped_up = topped_up - 1 WHERE topped_up > 0 AND $1 <> ''`,
  ],
  ['checkout/days-are-transactions', `UPDATE tessera.transaction SET member_id = 'another' WHERE id = $1`],
  ['campaigns/birthday-gifts-are-given-once', `UPDATE tessera.birthday_gift SET points = points + 1 WHERE $1 <> ''`],
  [
    'campaigns/birthday-gifts-are-given-once',
    `UPDATE tessera.coupon SET member_id = 'another' WHERE issue_id IN (SELECT issue_id FROM tessera.birthday_gift) AND $1 <> ''`,
  ],
  ['campaigns/birthday-gifts-are-given-once', `UPDATE tessera.birthday_gift SET issue_id = NULL WHERE $1 <> ''`],
  [
    'campaigns/birthday-gifts-are-given-once',
    `INSERT INTO tessera.birthday_gift (member_id, year, given_on, given_at, tier, points, journal_id)
      SELECT DISTINCT ON (p.journal_id) a.owner_id, 1900 + p.account_id + row_number() OVER (), date '1990-01-01' + row_number() OVER ()::int,
        now(), 'silver', p.amount, p.journal_id
      FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id JOIN tessera.journal j ON j.id = p.journal_id
      WHERE a.owner_type = 'member' AND a.account = 'points' AND p.amount > 0 AND j.kind = 'sale' AND $1 <> ''`,
  ],
  ['members/tiers-follow-each-other', `UPDATE tessera.member_tier SET follows = id WHERE $1 <> ''`],
  ['members/tiers-follow-each-other', `UPDATE tessera.member_tier SET tier = NULL WHERE $1 <> ''`],
  ['members/merged-is-merged', `UPDATE public.members SET status = 'active' WHERE status = 'merged' AND $1 <> ''`],
  ['members/merged-is-merged', `DELETE FROM public.members_merged_into_lnk WHERE $1 <> ''`],
  ['members/merged-is-merged', `DELETE FROM tessera.member_merge_undo WHERE $1 <> ''`],
  [
    'points/merged-have-no-points',
    `UPDATE tessera.point_lot l SET member_id = a.duplicate_id FROM tessera.member_alias a
      WHERE l.member_id = a.kept_id AND $1 <> ''`,
  ],
  ['points/merged-have-no-points', `UPDATE tessera.point_merge SET brought = brought + 1 WHERE $1 <> ''`],
  [
    'cards/merged-have-no-cards',
    `UPDATE tessera.card c SET member_id = a.duplicate_id FROM tessera.member_alias a
      WHERE c.member_id = a.kept_id AND $1 <> ''`,
  ],
  ['checkout/answers-were-booked', 'DELETE FROM tessera.transaction WHERE id = $1'],
  ['checkout/z-numbers-have-no-gaps', `UPDATE tessera.shift SET z_number = 2 WHERE $1 <> ''`],
  ['checkout/shifts-are-their-money', `DELETE FROM tessera.cash_movement WHERE $1 <> ''`],
  [
    'checkout/shifts-are-their-money',
    'UPDATE tessera.transaction SET shift_id = (SELECT id FROM tessera.shift) WHERE id = $1',
  ],
  ['checkout/shifts-are-their-money', `DELETE FROM tessera.shift_tender WHERE method = 'cash' AND $1 <> ''`],
  ['checkout/shifts-are-in-the-journal', `UPDATE tessera.cash_movement SET amount = amount + 1 WHERE $1 <> ''`],
  [
    'checkout/shifts-are-in-the-journal',
    `DELETE FROM tessera.posting WHERE journal_id IN (SELECT id FROM tessera.journal WHERE kind = 'shift-close') AND $1 <> ''`,
  ],
];
