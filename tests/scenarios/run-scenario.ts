import type { PlacedOrder } from '@beyond-headers/contracts';
import { assertEdges, buildTree, waitForTrace, type EdgeRow, type Span } from '@beyond-headers/traces';
import { lint } from '@beyond-headers/traces/lint';
import { until } from '../support/until.ts';
import { approveOrder, readOrder } from './approve-order.ts';
import { assertPartsJoined, type PartsOfScenario } from './order-parts.ts';
import type { Scenario } from './scenarios.ts';

/** The addresses of a running system, regardless of how it runs. */
export interface SystemUrls {
  writer: string;
  traces: string;
}

export interface Expectation {
  what: string;
  /** Why the expectation failed. Absent if it is met. */
  failure?: string;
}

export interface ScenarioResult {
  scenario: Scenario;
  orderId?: string;
  traceIds: string[];
  /** Spans by trace, in the order of `traceIds`. */
  traces: Span[][];
  expectations: Expectation[];
}

const ORDER_DEADLINE_MS = 30_000;
// The first Job of a cluster has to wait until its image is pulled.
const TRACE_DEADLINE_MS = 45_000;

/** Sends a scenario's request to a running system, and compares the resulting traces with the expectations. */
export async function runScenario(scenario: Scenario, urls: SystemUrls): Promise<ScenarioResult> {
  const result: ScenarioResult = { scenario, traceIds: [], traces: [], expectations: [] };
  await check(result, `fulfilled, and touched by ${count(scenario.traces.length)}`, async () => {
    const placed = await placeOrder(urls.writer, scenario);
    result.orderId = placed.orderId;
    await approveOrder(urls.writer, placed.orderId, scenario.approvals ?? []);
    result.traceIds = await waitUntilFulfilled(urls.writer, placed, scenario.traces.length);
  });
  // Without traces, the failure above is the whole result.
  if (result.traceIds.length === 0) return result;
  const traces = new AwaitedTraces(result, urls.traces);
  for (const [index, rows] of scenario.traces.entries()) await checkTrace(traces, rows, index);
  for (const [from, to] of scenario.links ?? []) await checkLink(traces, from, to);
  const { parts } = scenario;
  if (parts) await checkParts(traces, parts);
  const findings = scenario.findings ?? [];
  await check(result, `traces lint finds ${findings.join(', ') || 'nothing'}`, () =>
    assertFindings(result.traces, findings),
  );
  return result;
}

/** The traces of a result. Reads a trace again until an assertion holds, because its last spans may arrive late. */
class AwaitedTraces {
  readonly result: ScenarioResult;
  readonly #url: string;

  constructor(result: ScenarioResult, url: string) {
    this.result = result;
    this.#url = url;
  }

  async until(index: number, assertHolds: (spans: Span[]) => void): Promise<void> {
    const { traceIds, traces } = this.result;
    traces[index] ??= [];
    const remembered = (spans: Span[]) => {
      traces[index] = spans;
      assertHolds(spans);
    };
    await waitForTrace(this.#url, traceIds[index] ?? '', remembered, { deadlineMs: TRACE_DEADLINE_MS });
  }
}

function checkParts(traces: AwaitedTraces, parts: PartsOfScenario): Promise<void> {
  const from = parts.join === 'on' ? 'where it stopped' : 'a part';
  const what = `goes on from ${from}, with a link to the last span of each of its ${parts.count} parts`;
  return check(traces.result, what, () => traces.until(0, (spans) => assertPartsJoined(spans, parts)));
}

export const passed = (result: ScenarioResult): boolean =>
  result.expectations.every(({ failure }) => !failure);

async function check(result: ScenarioResult, what: string, holds: () => unknown): Promise<void> {
  try {
    await holds();
    result.expectations.push({ what });
  } catch (error) {
    result.expectations.push({ what, failure: error instanceof Error ? error.message : String(error) });
  }
}

async function placeOrder(writerUrl: string, scenario: Scenario): Promise<PlacedOrder> {
  const { demo, report, approvals, order, parts } = scenario;
  const response = await fetch(`${writerUrl}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customer: 'Ada Lovelace',
      items: [{ sku: 'tea', quantity: 2, unitPriceCents: 350 }],
      report,
      ...(approvals && { approval: approvals.length }),
      ...(parts && { parts: parts.count }),
      demo: { ...demo, ...(parts && { join: parts.join }) },
      ...order,
    }),
  }).catch((cause: unknown) => {
    throw new Error(
      `No writer answers at ${writerUrl}. Start a system (npm start) or say where one is (--writer URL).`,
      { cause },
    );
  });
  if (response.status === 202) return (await response.json()) as PlacedOrder;
  throw new Error(
    `Failed to place an order at ${writerUrl}: got ${response.status} ${await response.text()}. Expected 202.`,
  );
}

async function waitUntilFulfilled(
  writerUrl: string,
  placed: PlacedOrder,
  traceCount: number,
): Promise<string[]> {
  const order = await until(
    () => readOrder(writerUrl, placed.orderId),
    ({ status, traceIds }) =>
      status === 'failed' || (status === 'fulfilled' && traceIds.length >= traceCount),
    { deadlineMs: ORDER_DEADLINE_MS, what: `order ${placed.orderId}, fulfilled with ${count(traceCount)},` },
  );
  if (order.status === 'failed')
    throw new Error(`Order ${placed.orderId} failed: ${order.error ?? 'no reason given'}.`);
  if (order.traceIds.length > traceCount) {
    throw new Error(
      `Order ${placed.orderId} has ${count(order.traceIds.length)}: ${order.traceIds.join(', ')}. Expected ${traceCount}.`,
    );
  }
  return order.traceIds;
}

function checkTrace(traces: AwaitedTraces, rows: EdgeRow[], index: number): Promise<void> {
  const what = `trace ${index + 1} has its ${rows.length} edges, one root and no orphan`;
  return check(traces.result, what, () =>
    traces.until(index, (spans) => {
      assertEdges(spans, rows);
      assertOneRoot(spans);
    }),
  );
}

function assertOneRoot(spans: Span[]): void {
  const { roots, orphans } = buildTree(spans);
  if (roots.length === 1 && orphans.length === 0) return;
  throw new Error(`got ${roots.length} roots and ${orphans.length} orphans. Expected 1 and 0`);
}

function checkLink(traces: AwaitedTraces, from: number, to: number): Promise<void> {
  const target = traces.result.traceIds[to];
  const what = `trace ${from + 1} links to ${from === to ? 'its own sender' : `trace ${to + 1}`}`;
  return check(traces.result, what, () =>
    traces.until(from, (spans) => {
      const links = spans.flatMap((span) => span.links);
      if (links.some(({ traceId }) => traceId === target)) return;
      throw new Error(`got ${links.length} links, none to trace ${target}`);
    }),
  );
}

function assertFindings(traces: Span[][], expected: readonly string[]): void {
  const { findings } = lint(traces.flat());
  const found = findings.map(({ rule, to }) => `${rule} at ${to?.service ?? 'no span'}`);
  if (found.toSorted().join() === expected.toSorted().join()) return;
  const evidence = findings.flatMap((finding) => finding.evidence);
  throw new Error(
    [`got ${found.join(', ') || 'nothing'}. Expected ${expected.join(', ') || 'nothing'}.`, ...evidence].join(
      '\n',
    ),
  );
}

const count = (n: number) => `${n} ${n === 1 ? 'trace' : 'traces'}`;
