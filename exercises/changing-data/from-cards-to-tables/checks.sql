-- check: one owner for each phone
-- message: The phone numbers in owner are not those on the cards, each once.
(SELECT phone FROM public.owner EXCEPT ALL SELECT DISTINCT phone FROM public.paper_card)
UNION ALL
(SELECT DISTINCT phone FROM public.paper_card EXCEPT ALL SELECT phone FROM public.owner);

-- check: the newest name
-- message: An owner has a name that is not the one on the newest card.
SELECT o.phone
FROM   public.owner AS o
WHERE  o.first_name IS DISTINCT FROM (SELECT c.first_name FROM public.paper_card AS c WHERE c.phone = o.phone
                                      ORDER BY c.done_on DESC, c.card_no DESC LIMIT 1);

-- check: every card is a repair
-- message: The rows of repair are not the cards, each once.
(SELECT card_no, phone, work, done_on FROM public.repair EXCEPT ALL SELECT card_no, phone, work, done_on FROM public.paper_card)
UNION ALL
(SELECT card_no, phone, work, done_on FROM public.paper_card EXCEPT ALL SELECT card_no, phone, work, done_on FROM public.repair);

-- check: the name is in one place
-- message: The name stands in repair as well. It depends on the phone alone.
SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('public.repair') AND attname = 'first_name' AND NOT attisdropped;

-- check: a repair has an owner
-- message: The table repair accepts a phone number that no owner has.
-- error: 23503
INSERT INTO public.repair (card_no, phone, work, done_on) VALUES (-1, '555-0000', 'puncture', '2021-01-01');

-- check: a phone has one owner
-- message: The table owner accepts the same phone number twice.
-- error: 23505
INSERT INTO public.owner (phone, first_name) VALUES ('555-7777', 'Zilla'), ('555-7777', 'Zora');

-- check: a card is one repair
-- message: The table repair accepts the same card number twice.
-- error: 23505
INSERT INTO public.repair (card_no, phone, work, done_on)
SELECT -1, phone, 'puncture', '2021-01-01' FROM public.paper_card LIMIT 2;

-- check: an owner has a name
-- message: The table owner accepts a row without a name.
-- error: 23502
INSERT INTO public.owner (phone) VALUES ('555-7777');

-- check: a repair has a phone
-- message: The table repair accepts a row without a phone number.
-- error: 23502
INSERT INTO public.repair (card_no, work, done_on) VALUES (-1, 'puncture', '2021-01-01');

-- check: a repair has a day
-- message: The table repair accepts a row without a day.
-- error: 23502
INSERT INTO public.repair (card_no, phone, work) SELECT -1, phone, 'puncture' FROM public.paper_card LIMIT 1;

-- check: a repair has a work
-- message: The table repair accepts a row without a work.
-- error: 23502
INSERT INTO public.repair (card_no, phone, done_on) SELECT -1, phone, '2021-01-01' FROM public.paper_card LIMIT 1;
