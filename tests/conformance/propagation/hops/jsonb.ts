import { extractContext, jsonbCarrier } from '@beyond-headers/propagation';
import { Client } from 'pg';
import { SERVERS } from '../../../support/servers.ts';
import { anyObject, type Opening } from './hop.ts';

type Column = Record<string, unknown>;

/** A hop over a column of a real PostgreSQL, with one row for each carrier. The client is `pg`. */
export const opening: Opening<Column> = {
  name: 'jsonb column',
  needs: 'postgresql',
  async open() {
    const server = await SERVERS.postgresql.start();
    const client = new Client(server.environment['DATABASE_URL']);
    await client.connect();
    await client.query('CREATE TABLE orders (id serial PRIMARY KEY, context jsonb)');
    return {
      ...anyObject,
      carrier: jsonbCarrier,
      async carry(carriers) {
        await client.query('TRUNCATE orders');
        for (const context of carriers)
          await client.query('INSERT INTO orders (context) VALUES ($1)', [context]);
        const { rows } = await client.query<{ context: Column }>('SELECT context FROM orders ORDER BY id');
        return rows.map((row) => () => extractContext(row.context, jsonbCarrier));
      },
      async close() {
        await client.end();
        await server.close();
      },
    };
  },
};
