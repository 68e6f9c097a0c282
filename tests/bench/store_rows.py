"""The rows of gp-store: what it is measured against, and how fast it is."""
import os
import subprocess

ENV = {"GP_NOW": "2026-10-31T15:00:00Z"}

# What one writes by hand: the lines into a table of one column, the columns
# out of them, the indexes of gp-store.
PEER_TABLE = """
CREATE TABLE r(n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
 id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, network TEXT, page TEXT,
 at TIMESTAMPTZ, seen TIMESTAMPTZ, author TEXT, post TEXT, talk TEXT,
 answers TEXT, kind TEXT, grp TEXT, topic TEXT, assignee TEXT,
 due_first TIMESTAMPTZ, due_final TIMESTAMPTZ, body TEXT NOT NULL);
CREATE INDEX ON r(page, at);
CREATE INDEX ON r(at);
CREATE INDEX ON r(author, at) WHERE author IS NOT NULL;
CREATE INDEX ON r(due_first, at) WHERE kind IS NOT NULL;
CREATE INDEX ON r(answers) WHERE answers IS NOT NULL;
"""
PEER_PUT = r"""
BEGIN;
CREATE TEMP TABLE x(j JSON) ON COMMIT DROP;
\copy x FROM '%s' WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')
INSERT INTO r(id, type, network, page, at, seen, author, post, talk, answers,
 kind, grp, topic, assignee, due_first, due_final, body)
SELECT j->>'id', j->>'type', j->>'network', j->>'page',
 (j->>'at')::timestamptz, (j->>'seen')::timestamptz,
 (j->>'network') || ':' || (j->'author'->>'id'), j->>'post',
 COALESCE(j->>'thread', j->>'id'), j->>'parent', j->'class'->>'kind',
 j->'class'->>'group', j->'class'->>'topic', j->'route'->>'assignee',
 (j->'due'->>'first')::timestamptz, (j->'due'->>'final')::timestamptz, j::text
FROM x ON CONFLICT(id) DO UPDATE SET at = excluded.at, seen = excluded.seen,
 kind = excluded.kind, grp = excluded.grp, topic = excluded.topic,
 body = excluded.body;
COMMIT;
"""


def sample(b, lines):
    """The first lines of the bench records; they are read once before."""
    path = b.shm + "/store.ndjson"
    with open(b.shm + "/full.ndjson", "rb") as f, open(path, "wb") as out:
        for _ in range(lines):
            out.write(f.readline())
    return path


def put(b, url, path, *extra):
    return b.measure([b.build + "/gp-store", "put", url, path] + list(extra),
                     env=ENV, times=1)


def sqlite(b, path, lines):
    peer = b.compile_c("peer_sqlite", ["sqlite3"], False)
    best = bare = same = None
    for i in range(3):
        db = "%s/store%d.db" % (b.shm, i)
        ours = put(b, db, path, "--no-text")
        again = put(b, db, path, "--no-text")
        out = subprocess.run([peer, db, db + ".peer"], check=True,
                             capture_output=True, text=True)
        os.unlink(db + ".peer")
        os.unlink(db)
        best = min(best or 1e9, ours["wall"])
        same = min(same or 1e9, again["wall"])
        bare = min(bare or 1e9, float(out.stdout))
    b.show("store: put, SQLite", {"wall": best}, {"wall": bare},
           "bare upserts", "wall", 1 / 0.7)
    b.at_least("store: unchanged, SQLite", lines / same, 150000,
             "records/s")
    text = put(b, b.shm + "/text.db", path)
    b.at_least("store: put with full text, SQLite", lines / text["wall"], 10000,
             "records/s")
    b.at_most("store: the same, memory", text["mib"], 256, "MiB")


def postgres(b, path, lines):
    bash = ". %s/tests/postgres.bash; " % b.root
    out = subprocess.run(["bash", "-c", bash + "pg_start; echo $PG_DIR $PG_BIN"],
                         check=True, capture_output=True, text=True,
                         env=dict(os.environ, BATS_TEST_TMPDIR=b.shm))
    folder, bin_ = out.stdout.split()
    url = "postgresql:///gp?host=%s&user=gp" % folder
    psql = [bin_ + "/psql", "-qAt", url, "-v", "ON_ERROR_STOP=1"]
    try:
        ours = put(b, url, path, "--no-text")
        again = put(b, url, path, "--no-text")
        with open(b.shm + "/put.sql", "w") as f:
            f.write(PEER_PUT % path)
        subprocess.run(psql + ["-c", PEER_TABLE], check=True)
        peer = b.measure(psql + ["-f", b.shm + "/put.sql"], times=1)
        b.show("store: put, PostgreSQL", ours, peer, "psql COPY, upsert",
               "wall", 0.7)
        b.at_least("store: unchanged, PostgreSQL", lines / again["wall"], 150000,
                 "records/s")
        # In a table a month: the same limits.
        subprocess.run(psql + ["-c", "CREATE DATABASE month"], check=True)
        url = url.replace("/gp?", "/month?")
        subprocess.run([b.build + "/gp-store", "put", url, "/dev/null"],
                       check=True)
        subprocess.run([b.build + "/gp-store", "migrate", "--partition",
                        "month", url], check=True, stdout=subprocess.DEVNULL)
        ours = put(b, url, path, "--no-text")
        again = put(b, url, path, "--no-text")
        b.show("store: put, PostgreSQL, by month", ours, peer,
               "psql COPY, upsert", "wall", 0.7)
        b.at_least("store: unchanged, by month", lines / again["wall"], 150000,
                 "records/s")
    finally:
        subprocess.run(["bash", "-c", bash + "PG_DIR=%s pg_stop" % folder])


def run(b):
    lines = min(b.count, 200000)
    path = sample(b, lines)
    sqlite(b, path, lines)
    postgres(b, path, lines)
