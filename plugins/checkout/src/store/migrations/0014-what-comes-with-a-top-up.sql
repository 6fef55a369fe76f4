-- Why: a sale has to know the coupons that its top-ups are given, and to answer which it gave (ADR 18).
-- check before: to_regprocedure('tessera.coupons_of(uuid)') IS NOT NULL AND to_regprocedure('tessera.coupon_template_terms(text)') IS NOT NULL
-- check before: to_regclass('public.card_plans_bonus_coupon_lnk') IS NOT NULL
-- check after: to_regprocedure('tessera.bonus_templates(text[])') IS NOT NULL
-- check after: pg_get_functiondef('tessera.settle_transactions(jsonb,jsonb)'::regprocedure) LIKE '%coupons_of%'

-- Templates of the coupons that plans among these things give, as they stand now: { id: terms }; null = none. Planned once, because of the list.
CREATE FUNCTION tessera.bonus_templates(skus text[]) RETURNS jsonb LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (SELECT jsonb_object_agg(t.document_id, tessera.coupon_template_terms(t.document_id)) FROM public.card_plans p
    JOIN public.card_plans_bonus_coupon_lnk k ON k.card_plan_id = p.id JOIN public.coupon_templates t ON t.id = k.coupon_template_id
    WHERE p.sku = ANY (skus) AND p.bonus_kind = 'coupons');
END $$;

-- As in 0010; besides: `booked` says what became of coupons that were given.
CREATE OR REPLACE FUNCTION tessera.settle_transactions(transactions jsonb, booked jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  -- what leaves which card is chosen under the lock of the cards, and its postings belong to the same journal
  IF jsonb_path_exists(transactions, '$[*].cards') THEN
    transactions := tessera.move_cards(transactions);
    booked := (SELECT jsonb_agg(b.item || jsonb_build_object('cards', tessera.cards_of((b.item->>'id')::uuid)) ORDER BY b.place)
      FROM jsonb_array_elements(booked) WITH ORDINALITY AS b (item, place));
  END IF;
  PERFORM tessera.post_journals(jsonb_path_query_array(transactions, '$[*].journal'));
  -- the accounts of their members are locked now
  IF jsonb_path_exists(transactions, '$[*].points') THEN
    PERFORM tessera.move_points(t.item->'points') FROM jsonb_array_elements(transactions) AS t (item) WHERE t.item ? 'points';
  END IF;
  -- after the accounts: whoever waits for a coupon holds nothing that its holder waits for
  IF jsonb_path_exists(transactions, '$[*].coupons') THEN
    PERFORM tessera.use_coupons(t.item->'coupons') FROM jsonb_array_elements(transactions) AS t (item) WHERE t.item ? 'coupons';
    IF jsonb_path_exists(transactions, '$[*].coupons ? (exists(@.issued) || exists(@.refunds))') THEN
      booked := (SELECT jsonb_agg(b.item || jsonb_build_object('coupons', tessera.coupons_of((b.item->>'id')::uuid)) ORDER BY b.place)
        FROM jsonb_array_elements(booked) WITH ORDINALITY AS b (item, place));
    END IF;
  END IF;
  PERFORM tessera.count_visits(transactions);
  RETURN booked;
END $$;
