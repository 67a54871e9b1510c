import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentCarrier, injectContext, jsonbCarrier } from '@beyond-headers/propagation';
import { createContextKey, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { Client } from 'pg';
import { SERVERS } from '../support/servers.ts';
import { withPropagator } from '../conformance/propagation/with-propagator.ts';

const missing = SERVERS.postgresql.missing();
const TOKEN = createContextKey('token');

/** A propagator such as a company might write for itself. It doesn't validate values. */
const careless: TextMapPropagator = {
  inject: (source, carrier, setter) => setter.set(carrier, 'token', String(source.getValue(TOKEN))),
  extract: (base) => base,
  fields: () => ['token'],
};

test(
  'no context costs a row of PostgreSQL',
  { skip: missing && `left out: it needs ${missing}` },
  async (t) => {
    const server = await SERVERS.postgresql.start();
    const client = new Client(server.environment['DATABASE_URL']);
    await client.connect();
    t.after(async () => {
      await client.end();
      await server.close();
    });
    await client.query('CREATE TABLE orders (context jsonb)');
    const insert = (context: object) => client.query('INSERT INTO orders VALUES ($1)', [context]);
    for (const token of ['a\0b', 'a\ud83db']) {
      const source = ROOT_CONTEXT.setValue(TOKEN, token);
      const written = [documentCarrier, jsonbCarrier].map((carrier) =>
        withPropagator(careless, () => injectContext(source, {}, carrier)),
      );
      // PostgreSQL refuses these characters. So `jsonbCarrier` is stricter than `documentCarrier`.
      await assert.rejects(insert(written[0] ?? {}), { code: /^22P0[25]$/ });
      await insert(written[1] ?? {});
    }
    const { rows } = await client.query<{ context: object }>('SELECT context FROM orders');
    assert.deepEqual(rows, [{ context: {} }, { context: {} }]);
  },
);
