-- Why: a top-up may be given points, coupons or sessions instead of money (ADR 18).
-- check before: to_regclass('public.card_plans_bonus_coupon_lnk') IS NOT NULL AND to_regclass('public.card_plans_bonus_plan_lnk') IS NOT NULL
-- check after: pg_get_functiondef('tessera.cards_facts(text[],text,timestamptz)'::regprocedure) LIKE '%bonusKind%'

-- As in 0006; besides: of what kind the bonus of a plan is, and the session card whose sessions are given, as if it were a part.
CREATE OR REPLACE FUNCTION tessera.cards_facts(skus text[], member text, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN jsonb_build_object(
    'plans', coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.document_id, 'sku', p.sku, 'nameZh', p.name_zh, 'nameEn', p.name_en,
        'kind', p.kind, 'unitPrice', p.unit_price, 'bonus', p.bonus, 'spendOrder', p.spend_order, 'bonusEarnsPoints', p.bonus_earns_points,
        'bonusInstalments', p.bonus_instalments,
        'bonusKind', coalesce(p.bonus_kind, 'money'), 'bonusCount', coalesce(p.bonus_count, 0),
        'bonusCouponId', (SELECT t.document_id FROM public.card_plans_bonus_coupon_lnk k JOIN public.coupon_templates t ON t.id = k.coupon_template_id
          WHERE k.card_plan_id = p.id),
        'bonusPlanId', (SELECT q.document_id FROM public.card_plans_bonus_plan_lnk k JOIN public.card_plans q ON q.id = k.inv_card_plan_id
          WHERE k.card_plan_id = p.id),
        'sessionCount', coalesce(p.session_count, 0), 'validityDays', p.validity_days, 'isForSale', p.active AND NOT p.archived,
        'serviceIds', coalesce((SELECT jsonb_agg(s.document_id ORDER BY s.document_id) FROM public.card_plans_services_lnk l
          JOIN public.services s ON s.id = l.service_id WHERE l.card_plan_id = p.id), '[]'),
        'time', CASE WHEN p.kind = 'time' THEN jsonb_build_object('periodDays', p.validity_days, 'starts', coalesce(p.starts, 'sale'), 'usesPer', p.uses_per,
          'usesLimit', p.uses_limit, 'freezeDays', coalesce(p.freeze_days, 0), 'sharedWith', coalesce(p.shared_with, 0),
          'refundTerms', coalesce(p.refund_terms, 'unelapsed')) END,
        'partIds', coalesce((SELECT jsonb_agg(q.document_id ORDER BY k.card_plan_ord, q.id) FROM public.card_plans_parts_lnk k
          JOIN public.card_plans q ON q.id = k.inv_card_plan_id WHERE k.card_plan_id = p.id), '[]')))
      FROM public.card_plans p WHERE p.sku = ANY (skus) OR p.id IN (SELECT k.inv_card_plan_id FROM public.card_plans_parts_lnk k
        JOIN public.card_plans w ON w.id = k.card_plan_id WHERE w.sku = ANY (skus))
        OR p.id IN (SELECT k.inv_card_plan_id FROM public.card_plans_bonus_plan_lnk k
          JOIN public.card_plans w ON w.id = k.card_plan_id WHERE w.sku = ANY (skus))), '[]'),
    'cards', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'currency', c.currency,
        'isShared', c.member_id <> member, 'lots', coalesce((SELECT jsonb_agg(jsonb_build_object('id', l.id::text, 'kind', l.kind, 'sku', l.sku, 'nameZh', l.name_zh,
            'nameEn', l.name_en, 'serviceIds', l.service_ids, 'spendOrder', l.spend_order, 'bonusEarnsPoints', l.bonus_earns_points,
            'principal', l.principal, 'bonus', l.bonus, 'sessions', l.sessions, 'validUntil', l.valid_until)
            || CASE WHEN l.kind = 'time' THEN jsonb_build_object('time', jsonb_build_object('usesPer', l.uses_per, 'usesLimit', l.uses_limit,
              'uses', coalesce((SELECT jsonb_agg(jsonb_build_object('day', u.day, 'uses', u.uses) ORDER BY u.day) FROM (
                SELECT m.used_on AS day, -sum(m.uses + coalesce((SELECT sum(r.uses) FROM tessera.card_move r WHERE r.returns = m.id), 0)) AS uses
                FROM tessera.card_move m WHERE m.lot_id = l.id AND m.used_on > at::date - 40 GROUP BY m.used_on) u), '[]'))) ELSE '{}' END
            ORDER BY l.valid_until NULLS LAST, l.id)
          FROM tessera.card_lot l WHERE l.card_id = c.id AND (l.valid_until IS NULL OR l.valid_until > at)
            AND (l.sessions > 0 OR (l.kind = 'stored-value' AND l.principal + l.bonus > 0) OR (l.kind = 'time' AND NOT l.is_refunded))
            AND (c.member_id = member OR l.shared_with > 0)), '[]'))
        ORDER BY c.member_id <> member, c.opened_at, c.id)
      FROM tessera.card c WHERE c.status = 'active' AND (c.member_id = member
        OR c.id IN (SELECT g.card_id FROM tessera.card_guest g WHERE g.member_id = ANY (tessera.member_family(member))))), '[]'),
    'blocked', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'currency', c.currency, 'status', c.status,
        'value', coalesce((SELECT sum(l.principal + l.bonus) FROM tessera.card_lot l WHERE l.card_id = c.id AND l.kind = 'stored-value'
          AND (l.valid_until IS NULL OR l.valid_until > at)), 0)) ORDER BY c.opened_at, c.id)
      FROM tessera.card c WHERE c.member_id = member AND c.status <> 'active'), '[]'));
END $$;
