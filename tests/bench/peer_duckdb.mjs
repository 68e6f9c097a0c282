// DuckDB doing what gp does: node peer_duckdb.mjs set|count IN OUT
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
} else {
  const few = `{"at": 'VARCHAR', type: 'VARCHAR',
    class: 'STRUCT("group" VARCHAR)'}`;
  await con.run(`COPY (SELECT class."group" AS g, substr("at", 1, 10) AS day,
    count(*) AS n FROM ${read(few)} WHERE type = 'comment' GROUP BY 1, 2)
    TO '${to}' (FORMAT json)`);
}
