import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findFreePort } from '@beyond-headers/local-process';
import { waitForTrace } from '@beyond-headers/traces';
import { startTraceStore } from '@beyond-headers/trace-store';
import { parse } from 'yaml';
import { until } from '../support/until.ts';
import { EXAMPLES, start } from './support/program.ts';

const FILE = `${EXAMPLES}collector/collector.yaml`;

type Parts = Record<string, unknown>;
interface Configuration {
  receivers: Parts;
  processors: Parts;
  exporters: Parts;
  service: { pipelines: Record<string, Record<'receivers' | 'processors' | 'exporters', string[]>> };
}

test('each part of the Collector’s pipeline is there and used', () => {
  const configuration = parse(readFileSync(FILE, 'utf8')) as Configuration;
  const { traces } = configuration.service.pipelines;
  for (const kind of ['receivers', 'processors', 'exporters'] as const)
    assert.deepEqual(traces?.[kind].toSorted(), Object.keys(configuration[kind]).toSorted());
  // The memory limiter must refuse data before any other work. Batches must contain only sampled spans.
  assert.deepEqual(traces?.processors, ['memory_limiter', 'tail_sampling', 'batch']);
});

const collector = process.env['COLLECTOR'];

/** `COLLECTOR` names a Collector with these components: otelcol-contrib, or Jaeger v2. */
if (collector) {
  test('a Collector with this file keeps what failed', { timeout: 60_000 }, async (t) => {
    const traces = await startTraceStore();
    t.after(() => traces.close());
    const listen = `127.0.0.1:${await findFreePort()}`;
    const command = [collector, '--config', FILE, '--set=service.telemetry.metrics.level=none'];
    start(t, command, { OTLP_LISTEN: listen, DECISION_WAIT: '1s', BACKEND_ENDPOINT: traces.otlpUrl });
    const traceId = randomBytes(16).toString('hex');
    const posted = () => postFailedSpan(`http://${listen}/v1/traces`, traceId);
    await until(posted, Boolean, { what: 'a post to the Collector', deadlineMs: 20_000 });
    await waitForTrace(traces.queryUrl, traceId, (spans) => spans.length === 1, { deadlineMs: 20_000 });
  });
}

function postFailedSpan(url: string, traceId: string): Promise<boolean> {
  const times = { startTimeUnixNano: '1700000000000000001', endTimeUnixNano: '1700000000000000009' };
  const span = { traceId, spanId: '00000000000000a1', name: 'work', kind: 1, status: { code: 2 }, ...times };
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body }).then(
    (response) => response.ok,
    () => false,
  );
}
