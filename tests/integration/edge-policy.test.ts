import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { startMongod } from '@beyond-headers/local-mongod';
import { waitForTrace } from '@beyond-headers/traces';
import { traces } from './support/preload.ts';

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const WRITER = new URL('../../services/writer/', import.meta.url);

const mongod = await startMongod();
after(() => mongod.close());

test('EDGE_POLICY=link: a new, sampled trace that links to the caller', async () => {
  const { traceId, server } = await placeOrderThrough('link', '00');
  assert.notEqual(traceId, CALLER.traceId);
  assert.equal(server?.parentSpanId, undefined);
  assert.deepEqual(
    server?.links.map(({ traceId: linked, spanId }) => ({ traceId: linked, spanId })),
    [CALLER],
  );
});

test('EDGE_POLICY=ignore: a new trace without a link', async () => {
  const { traceId, server } = await placeOrderThrough('ignore', '01');
  assert.notEqual(traceId, CALLER.traceId);
  assert.deepEqual([server?.parentSpanId, server?.links], [undefined, []]);
});

test('EDGE_POLICY=continue: the caller is the parent', async () => {
  const { traceId, server } = await placeOrderThrough('continue', '01');
  assert.equal(traceId, CALLER.traceId);
  assert.equal(server?.parentSpanId, CALLER.spanId);
});

async function placeOrderThrough(policy: string, flags: string) {
  const { url, child } = await startWriter({ EDGE_POLICY: policy });
  try {
    const response = await fetch(`${url}/orders`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-${flags}`,
      },
      body: JSON.stringify({ customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 1 }] }),
    });
    const { traceId } = (await response.json()) as { traceId: string };
    const spans = await waitForTrace(traces.queryUrl, traceId, (found) => found.some(isServer));
    return { traceId, server: spans.find(isServer) };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

async function startWriter(own: NodeJS.ProcessEnv): Promise<{ url: string; child: ChildProcess }> {
  const args = ['--import', '@beyond-headers/telemetry/register', 'main.ts'];
  const env = {
    ...process.env,
    WRITER_PORT: '0',
    MONGODB_URI: mongod.uri,
    OTEL_SERVICE_NAME: 'writer',
    ...own,
  };
  const child = spawn(process.execPath, args, { cwd: WRITER, env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    const url = /listening on (http:\S+?)"/.exec(line)?.[1];
    if (!url) continue;
    child.stdout.resume();
    return { url, child };
  }
  throw new Error('The writer ended before it listened.');
}

const isServer = ({ name }: { name: string }) => name === 'POST /orders';
