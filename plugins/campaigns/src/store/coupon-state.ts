/** A coupon's state at an instant, as SQL over `tessera.coupon`: whether it counts is judged, not written. */
export const couponStatus = (alias: string, instant: string) =>
  `CASE WHEN ${alias}.state <> 'open' THEN ${alias}.state WHEN ${alias}.valid_until <= ${instant} THEN 'expired'
    WHEN ${alias}.valid_from > ${instant} THEN 'upcoming' ELSE 'usable' END`;
