/** A dump as pg_dump writes them, with all that has no meaning here: owners, other servers, settings of later versions. */

export const dumpText = `--
-- PostgreSQL database dump
--

\\restrict 2mZgWm4f

SET statement_timeout = 0;
SET transaction_timeout = 0;
SET a_setting_of_a_later_version = 0;
SET client_encoding = 'LATIN1';
SET default_tablespace = fast;
ALTER TABLE ONLY public.notes DROP CONSTRAINT notes_pkey;
DROP TABLE public.notes;
DROP SCHEMA IF EXISTS public;
CREATE SCHEMA "public";
SELECT pg_catalog.set_config('search_path', '', false);
SET default_table_access_method = heap;

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'elsewhere');

CREATE TABLE public.notes (
    id integer NOT NULL,
    note text
);
ALTER TABLE public.notes OWNER TO somebody;
ALTER TABLE public.notes DISABLE TRIGGER ALL;
SECURITY LABEL FOR selinux ON TABLE public.notes IS 'x';
CREATE SEQUENCE public.notes_id_seq AS integer START WITH 1;
ALTER SEQUENCE public.notes_id_seq OWNER TO somebody;
ALTER TABLE ONLY public.notes ALTER COLUMN id SET DEFAULT nextval('public.notes_id_seq'::regclass);
CREATE TABLE public.halls (name public.citext, seats integer);
CREATE TABLE public.numbers (n integer);
CREATE FUNCTION public.twice(n integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT CASE WHEN (n > 0) THEN (n * 2) ELSE 0 END AS "case";
END;
CREATE FUNCTION public.odd() RETURNS text LANGUAGE plpgsql AS $_$ BEGIN RETURN ';$$;'; END; $_$;
/* a /* nested; */ comment; */
COPY public.notes (id, note) FROM stdin;
1	a\\tb; c
2	\\N
3	\\\\.
\\.

SELECT pg_catalog.setval('public.notes_id_seq', 3, true);
ALTER TABLE ONLY public.notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);
REVOKE ALL ON TABLE public.notes FROM PUBLIC;
GRANT SELECT ON TABLE public.notes TO somebody;
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON public.notes FOR SELECT TO somebody USING (note IS NOT NULL);
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
ALTER PUBLICATION everything OWNER TO somebody;

\\unrestrict 2mZgWm4f
`

/** Two tables that point to each other, as in a dump of the schema alone. */
export const circularSchema = `CREATE TABLE public.team (id integer PRIMARY KEY, name text NOT NULL, captain_id integer);
CREATE TABLE public.player (id integer PRIMARY KEY, team_id integer NOT NULL REFERENCES public.team ON DELETE CASCADE);
ALTER TABLE ONLY public.team
    ADD CONSTRAINT "captain plays" FOREIGN KEY (captain_id) REFERENCES public.player(id) DEFERRABLE;
CREATE FUNCTION public.shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$;
CREATE TRIGGER shout BEFORE INSERT ON public.team FOR EACH ROW EXECUTE FUNCTION public.shout();
`

/** Rows of these tables, as of `pg_dump --data-only --disable-triggers`; `captain` is the one of the first team. */
export const circularRows = (captain: string) => `--
-- PostgreSQL database dump
--

\\restrict 2mZgWm4f

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
ALTER TABLE public.team DISABLE TRIGGER ALL;

COPY public.team (id, name, captain_id) FROM stdin;
1	Reds	${captain}
\\.

ALTER TABLE public.team ENABLE TRIGGER ALL;
ALTER TABLE public.player DISABLE TRIGGER ALL;
COPY public.player (id, team_id) FROM stdin;
10	1
\\.

ALTER TABLE public.player ENABLE TRIGGER ALL;
\\unrestrict 2mZgWm4f
`
