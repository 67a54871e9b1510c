import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLocalSystem } from '@beyond-headers/supervisor';
import { localProcesses } from '../../../local/supervisor/src/processes.ts';
import { testTruth } from './truth-suite.ts';

/* The same tests with a real Jaeger instead of the trace store. It must run on this machine, because services find it by its port. */

const { JAEGER_CONTRACT_OTLP: otlp, JAEGER_CONTRACT_QUERY: traces } = process.env;

if (otlp && traces) testTruth('Jaeger', () => startBeside({ otlp, traces }));
else test('lint on Jaeger', { skip: 'JAEGER_CONTRACT_OTLP and JAEGER_CONTRACT_QUERY say where one is' });

async function startBeside(jaeger: { otlp: string; traces: string }) {
  const ports = { otlp: portOf(jaeger.otlp), traces: portOf(jaeger.traces) };
  const system = await startLocalSystem({
    processes: (context) =>
      localProcesses({ ...context, ports: { ...context.ports, ...ports } }).filter(
        ({ name }) => name !== 'trace-store',
      ),
  });
  return { urls: { ...system.urls, ...jaeger }, stop: () => system.stop() };
}

function portOf(url: string): number {
  const { hostname, port } = new URL(url);
  assert.equal(hostname, '127.0.0.1', `got ${url}. Expected a Jaeger at 127.0.0.1.`);
  return Number(port);
}
