-- Records of gp-store over several nodes, by page, under Citus 12 or later.
--
--	gp-store put postgres://coordinator/gp </dev/null
--	gp-store migrate --partition month postgres://coordinator/gp
--	psql -v ON_ERROR_STOP=1 -f citus.sql postgres://coordinator/gp
--
-- Run it once, on a store that is by month, before there is much in it, as the
-- owner of the tables. NOT RUN on Citus by the tests of gp, which have none:
-- they run it on a plain PostgreSQL where the functions of Citus are stand-ins
-- that only look whether table and column are there. Rehearse it.
--
-- What differs then: every record has a page, an empty one where it had none;
-- and triggers that keep gp_id run on the nodes, which wants the setting below.
BEGIN;

SET LOCAL citus.enable_unsafe_triggers = on;

-- The column that says which node: it must be there, and in what is unique.
UPDATE gp_record SET page = '' WHERE page IS NULL;
ALTER TABLE gp_record ALTER page SET DEFAULT '', ALTER page SET NOT NULL;

-- Small, and asked by all: a copy on each node.
SELECT create_reference_table('gp_meta');
SELECT create_reference_table('gp_erasure');

-- What is of one page stands together.
SELECT create_distributed_table('gp_record', 'page');
SELECT create_distributed_table('gp_cursor', 'page',
	colocate_with => 'gp_record');

-- What is asked by an id alone.
ALTER TABLE gp_history DROP CONSTRAINT gp_history_pkey;
CREATE INDEX gp_history_n ON gp_history(n);
SELECT create_distributed_table('gp_id', 'id', colocate_with => 'none');
SELECT create_distributed_table('gp_history', 'id', colocate_with => 'gp_id');

-- gp_put, gp_journal, gp_outbox and the index of gp-dedup stay where they are:
-- they are small, and one node must decide.
COMMIT;
