import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { journeyOf, verdictOn } from '@beyond-headers/journey';
import { labelOf, type Span } from '@beyond-headers/traces';
import { lint, type Finding } from '@beyond-headers/traces/lint';
import { spansOfOrders, type Request, type SystemUrls } from './place-order.ts';
import { TRUTH } from './truth.ts';

/** The number of orders that the page places with one click. */
const ORDERS = 20;

interface PlayedSystem {
  urls: SystemUrls & { otlp: string };
  stop(): Promise<unknown>;
}

/** Plays every truth on one system, and compares it with lint's findings and with the page's title. */
export function testTruth(where: string, start: () => Promise<PlayedSystem>): void {
  let system: PlayedSystem;
  before(async () => {
    system = await start();
  });
  after(() => system?.stop());

  // Concurrent, because a Job that crashes waits half a minute for its retries.
  void describe(`lint on ${where}`, { concurrency: TRUTH.length }, () => {
    for (const { demo, report = true, findings = [], title } of TRUTH) {
      const order = `an order ${JSON.stringify(demo)}${report ? '' : ' without a report'}`;
      void test(`${order}: ${findings.join(', ') || 'nothing is found'}`, async () => {
        const spans = await spansOfOrders(system.urls, [{ demo, report }]);
        assertFound(spans, findings);
        assert.equal(verdictOf(spans), title);
      });
    }
  });

  void test(`lint on ${where} finds nothing in a click whose orders go well`, async () => {
    const spans = await spansOfClick(Array.from({ length: ORDERS }, () => ({})));
    assertFound(spans, []);
    assert.equal(verdictOf(spans), 'One trace');
  });

  void test(`lint on ${where} finds the one spoiled order of a click, and accuses no other`, async () => {
    const demos = Array.from({ length: ORDERS }, (_, index) =>
      index === 7 ? ({ job: 'early' } as const) : {},
    );
    const spans = await spansOfClick(demos);
    assertFound(spans, TRUTH.find(({ demo }) => demo.job === 'early')?.findings ?? []);
    assert.equal(verdictOf(spans), 'The wrong parent');
  });

  /** Returns the spans of orders that share a trace. Exports the span that starts the trace, as the page does. */
  async function spansOfClick(demos: readonly Request['demo'][]): Promise<Span[]> {
    const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    const traceparent = `00-${traceId}-${spanId}-01`;
    const root = { traceId, spanId, name: 'click Run', kind: 1, startTimeUnixNano: `${Date.now()}000000` };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'browser' } }] };
    const spans = [{ ...root, endTimeUnixNano: `${Date.now() + 1}000000` }];
    const exported = await fetch(`${system.urls.otlp}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
    });
    assert.equal(exported.status, 200);
    return spansOfOrders(
      system.urls,
      demos.map((demo) => ({ demo, report: true, traceparent })),
    );
  }
}

function assertFound(spans: Span[], expected: readonly string[]): void {
  const { findings } = lint(spans);
  assert.deepEqual(
    findings.map(shown).toSorted(),
    expected.toSorted(),
    JSON.stringify(findings, undefined, 2),
  );
  for (const { certainty } of findings) assert.equal(certainty, 'certain');
}

const shown = ({ rule, from, to }: Finding): string =>
  `${rule}: ${[from, to].map((end) => (end ? labelOf(end) : '?')).join(' → ')}`;

/** Returns the page's title for these spans, once the work has ended. */
function verdictOf(spans: Span[]): string {
  const { findings } = lint(spans);
  const run = { traceIds: [], orders: [], jobs: [], findings, settled: true };
  return verdictOn(journeyOf(spans, run), spans, run).title;
}
