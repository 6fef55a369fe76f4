-- Why: when two members become one, the cards of the other change hands as they are, and come back when it is undone (ADR 13).
-- check before: to_regclass('tessera.member_merge') IS NOT NULL AND to_regclass('tessera.card') IS NOT NULL
-- check after: to_regprocedure('tessera.merge_cards(uuid,text,text)') IS NOT NULL

-- Cards that the duplicate of a merge brought.
CREATE TABLE tessera.card_merge (
  merge_id uuid NOT NULL REFERENCES tessera.member_merge (id),
  card_id uuid NOT NULL REFERENCES tessera.card (id),
  PRIMARY KEY (merge_id, card_id)
);
CREATE INDEX card_merge_by_card ON tessera.card_merge (card_id);
SELECT tessera.keep_as_history('tessera.card_merge');

-- What is on a card belongs to the card, so nothing is posted. Cards are locked before accounts, as a sale does.
CREATE FUNCTION tessera.merge_cards(merge uuid, kept text, duplicate text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM tessera.card c WHERE c.member_id IN (kept, duplicate) ORDER BY c.id FOR UPDATE;
  INSERT INTO tessera.card_merge (merge_id, card_id) SELECT merge, c.id FROM tessera.card c WHERE c.member_id = duplicate;
  UPDATE tessera.card SET member_id = kept WHERE member_id = duplicate;
END $$;

-- The cards go back with whatever is on them now. One that was given away since stays where it is.
CREATE FUNCTION tessera.unmerge_cards(merge uuid, kept text, duplicate text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM tessera.card c WHERE c.member_id IN (kept, duplicate) ORDER BY c.id FOR UPDATE;
  UPDATE tessera.card c SET member_id = duplicate FROM tessera.card_merge m WHERE m.merge_id = merge AND m.card_id = c.id AND c.member_id = kept;
END $$;
