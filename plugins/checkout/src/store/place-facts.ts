/** `StoreFacts` of the store whose documentId is the parameter, as SQL. */
export const storeFacts = (parameter: string) => `
    (SELECT json_build_object('id', s.document_id, 'currency', s.currency, 'timeZone', s.time_zone, 'dayCutoff', s.day_cutoff,
      'cashRounding', s.cash_rounding, 'paymentPinFrom', s.payment_pin_from,
      'needsOpenShift', coalesce(s.needs_open_shift, false), 'isOpen', s.active AND NOT s.archived) FROM public.stores s WHERE s.document_id = ${parameter})`;

/** `TillFacts` of the till whose documentId is the parameter, as SQL. */
export const tillFacts = (parameter: string) => `
    (SELECT json_build_object('id', t.document_id, 'code', t.code, 'storeId', s.document_id, 'isOn', t.active AND NOT t.archived)
      FROM public.tills t LEFT JOIN public.tills_store_lnk l ON l.till_id = t.id LEFT JOIN public.stores s ON s.id = l.store_id
      WHERE t.document_id = ${parameter})`;
