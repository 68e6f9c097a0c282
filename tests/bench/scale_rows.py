"""The row of gp-scale(7): bytes a record, by table and index, in a file of
SQLite, in one table of PostgreSQL, and in a table a month."""
import os
import subprocess

import store_rows

SIZES = """
SELECT CASE WHEN c.relname LIKE 'gp\\_record\\_20%' THEN
 regexp_replace(c.relname, '_20\\d\\d_\\d\\d', '') ELSE c.relname END AS name,
 SUM(pg_relation_size(c.oid)) + SUM(CASE WHEN c.reltoastrelid <> 0 THEN
 pg_total_relation_size(c.reltoastrelid) ELSE 0 END)
FROM pg_class c WHERE c.relname LIKE 'gp\\_%' AND c.relkind IN ('r', 'i')
GROUP BY 1 HAVING SUM(pg_relation_size(c.oid)) > 100000 ORDER BY 2 DESC
"""


def show(where, rows, lines):
    total = sum(n for _, n in rows)
    for name, n in rows:
        print("scale: %-12s %-34s %7.0f bytes a record"
              % (where, name, n / lines), flush=True)
    print("scale: %-12s %-34s %7.0f bytes a record, %.0f GB for 100 million"
          % (where, "all", total / lines, total / lines / 10), flush=True)
    return total / lines


def sqlite(b, path, lines):
    db = b.shm + "/scale.db"
    store_rows.put(b, db, path)
    subprocess.run(["sqlite3", db, "PRAGMA wal_checkpoint(TRUNCATE)"],
                   check=True, stdout=subprocess.DEVNULL)
    out = subprocess.run(
        ["sqlite3", db, "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"
         " HAVING SUM(pgsize) > 100000 ORDER BY 2 DESC"], check=True,
        capture_output=True, text=True).stdout
    rows = [(x.split("|")[0], int(x.split("|")[1])) for x in out.splitlines()]
    all_ = show("SQLite", rows, lines)
    b.at_most("scale: SQLite", all_, 4000, "bytes a record")
    os.unlink(db)


def postgres(b, path, lines):
    bash = ". %s/tests/postgres.bash; " % b.root
    out = subprocess.run(["bash", "-c", bash + "pg_start; echo $PG_DIR $PG_BIN"],
                         check=True, capture_output=True, text=True)
    folder, bin_ = out.stdout.split()
    url = "postgresql:///gp?host=%s&user=gp" % folder
    try:
        for where in "one table", "by month":
            if where == "by month":
                subprocess.run(psql + ["CREATE DATABASE month"], check=True)
                url = url.replace("/gp?", "/month?")
            psql = [bin_ + "/psql", "-qAt", url, "-c"]
            store_rows.put(b, url, "/dev/null")
            if where == "by month":
                subprocess.run([b.build + "/gp-store", "migrate",
                                "--partition", "month", url], check=True,
                               stdout=subprocess.DEVNULL)
            used = store_rows.put(b, url, path)
            print("scale: %-12s put with full text: %.0f records/s"
                  % (where, lines / used["wall"]))
            out = subprocess.run(psql + [SIZES], check=True,
                                 capture_output=True, text=True).stdout
            rows = [(x.split("|")[0], int(x.split("|")[1]))
                    for x in out.splitlines()]
            b.at_most("scale: PostgreSQL, " + where,
                      show(where, rows, lines), 5000, "bytes a record")
    finally:
        subprocess.run(["bash", "-c", bash + "PG_DIR=%s pg_stop" % folder])


def run(b):
    lines = min(b.count, 200000)
    path = store_rows.sample(b, lines)
    print("scale: records of %.0f bytes" % (os.path.getsize(path) / lines))
    sqlite(b, path, lines)
    postgres(b, path, lines)
