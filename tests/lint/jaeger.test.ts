import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LASTING } from '../../services/services.ts';
import { testTruth } from './truth-suite.ts';

/* The same on a real Jaeger in place of the trace-store: of this machine, as the services export to its port. */

const { JAEGER_CONTRACT_OTLP: otlp, JAEGER_CONTRACT_QUERY: query } = process.env;

if (otlp && query)
  testTruth('Jaeger', {
    ports: { otlp: portOf(otlp), traces: portOf(query) },
    only: ['mongod', 'cluster', ...Object.values(LASTING).map(({ name }) => name)],
  });
else test('lint on Jaeger', { skip: 'JAEGER_CONTRACT_OTLP and JAEGER_CONTRACT_QUERY say where one is' });

function portOf(url: string): number {
  const { hostname, port } = new URL(url);
  assert.equal(
    hostname,
    '127.0.0.1',
    `${url}: expected a Jaeger at 127.0.0.1, where the services look for it`,
  );
  return Number(port);
}
