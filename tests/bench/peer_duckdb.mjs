// DuckDB doing what gp does: node peer_duckdb.mjs set|count|speed|topics IN OUT
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.env.GP_BENCH, 'x.js'));
const { DuckDBInstance } = require('@duckdb/node-api');
const [job, from, to] = process.argv.slice(2);
const db = await DuckDBInstance.create(':memory:', { threads: '2' });
const con = await db.connect();
const columns = `{type: 'VARCHAR', id: 'VARCHAR', network: 'VARCHAR',
  page: 'VARCHAR', "at": 'VARCHAR', seen: 'VARCHAR', chat: 'VARCHAR',
  post: 'VARCHAR', author: 'STRUCT(id VARCHAR, name VARCHAR, official BOOLEAN)',
  text: 'VARCHAR', class: 'STRUCT(kind VARCHAR, "group" VARCHAR,
  topic VARCHAR, confidence DOUBLE)'}`;
const read = (cols) =>
  `read_json('${from}', format = 'newline_delimited', columns = ${cols})`;
if (job === 'set') {
  await con.run(`COPY (SELECT *, {'first': '2026-11-02T15:00:00Z'} AS due
    FROM ${read(columns)}) TO '${to}' (FORMAT json)`);
} else if (job === 'speed' || job === 'topics') {
  // Only the members that the report needs, as the types that are cheapest.
  const few = `{id: 'VARCHAR', type: 'VARCHAR', page: 'VARCHAR',
    "at": 'TIMESTAMP', parent: 'VARCHAR', author: 'STRUCT(official BOOLEAN)',
    class: 'STRUCT(kind VARCHAR, "group" VARCHAR, topic VARCHAR)',
    route: 'STRUCT(assignee VARCHAR)', due: 'STRUCT("first" TIMESTAMP)'}`;
  const all = `WITH r AS (SELECT * FROM ${read(few)}),
    a AS (SELECT parent, min("at") AS t FROM r WHERE author.official
      GROUP BY 1),
    c AS (SELECT page, route.assignee AS assignee, class."group" AS g,
      class.topic AS topic, class.kind AS kind, hour("at") AS hour,
      CAST("at" AS DATE) AS day, due."first" AS due, a.t AS t,
      CASE WHEN a.t IS NULL THEN 1e18 ELSE epoch(a.t) - epoch("at") END AS took
      FROM r LEFT JOIN a ON a.parent = r.id WHERE NOT author.official)`;
  await con.run(job === 'speed' ? `COPY (${all}
    SELECT page, assignee, g, topic, hour, count(*) AS n, count(t) AS answered,
      approx_quantile(took, 0.5) AS median, approx_quantile(took, 0.9) AS p90,
      count(*) FILTER (took <= 86400) AS day, count(*) FILTER (t <= due) AS kept
    FROM c GROUP BY GROUPING SETS ((), (page), (assignee), (g), (topic), (hour)))
    TO '${to}' (FORMAT json)` : `COPY (${all}
    SELECT g, topic, kind, day, count(*) AS n, count(t) AS answered
    FROM c GROUP BY GROUPING SETS ((), (g), (topic), (g, kind), (topic, kind),
      (g, day), (topic, day))) TO '${to}' (FORMAT json)`);
} else {
  const few = `{"at": 'VARCHAR', type: 'VARCHAR',
    class: 'STRUCT("group" VARCHAR)'}`;
  await con.run(`COPY (SELECT class."group" AS g, substr("at", 1, 10) AS day,
    count(*) AS n FROM ${read(few)} WHERE type = 'comment' GROUP BY 1, 2)
    TO '${to}' (FORMAT json)`);
}
