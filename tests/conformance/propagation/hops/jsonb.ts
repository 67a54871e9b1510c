import { extractContext, jsonbCarrier, type DocumentContext } from '@beyond-headers/propagation';
import { Client } from 'pg';
import { SERVERS } from '../../../support/servers.ts';
import { combine, defineOwn, type Hop, type Opening } from './hop.ts';

interface Row {
  context: DocumentContext;
}

/** Opens a hop over a column of a real PostgreSQL, with one row for each carrier. The client is `pg`. */
async function openJsonbHop(): Promise<Hop<DocumentContext>> {
  const server = await SERVERS.postgresql.start();
  const client = new Client(server.environment['DATABASE_URL']);
  await client.connect();
  await client.query('CREATE TABLE orders (id serial PRIMARY KEY, context jsonb)');
  return {
    carrier: jsonbCarrier,
    create: () => ({}),
    write: (column, lines) => {
      for (const [field, value] of combine(lines)) defineOwn(column, field, value);
    },
    writeMiscased: (column, value) => {
      column['Traceparent'] = value;
    },
    async carry(carriers) {
      await client.query('TRUNCATE orders');
      for (const context of carriers)
        await client.query('INSERT INTO orders (context) VALUES ($1)', [context]);
      const { rows } = await client.query<Row>('SELECT context FROM orders ORDER BY id');
      return rows.map(
        ({ context }) =>
          () =>
            extractContext(context, jsonbCarrier),
      );
    },
    async close() {
      await client.end();
      await server.close();
    },
  };
}

export const opening: Opening = { name: 'jsonb column', needs: 'postgresql', open: openJsonbHop };
