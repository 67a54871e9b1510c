import type { PlacedOrder } from '@beyond-headers/contracts';
import { assertEdges, buildTree, waitForTrace, type Span } from '@beyond-headers/traces';
import { lint } from '@beyond-headers/traces/lint';
import { until } from '../support/until.ts';
import { placeOrder, readOrder } from '../support/writer.ts';
import { approveOrder } from './approve-order.ts';
import { assertPartsJoined } from './order-parts.ts';
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
    const placed = await place(urls.writer, scenario);
    result.orderId = placed.orderId;
    await approveOrder(urls.writer, placed.orderId, scenario.approvals ?? []);
    result.traceIds = await waitUntilFulfilled(urls.writer, placed, scenario.traces.length);
  });
  // Without traces, the failure above is the whole result.
  if (result.traceIds.length === 0) return result;
  for (const { what, index, holds } of assertionsOf(scenario, result))
    await check(result, what, () => untilTrace(result, urls.traces, index, holds));
  const findings = scenario.findings ?? [];
  await check(result, `traces lint finds ${findings.join(', ') || 'nothing'}`, () =>
    assertFindings(result.traces, findings),
  );
  return result;
}

/** An expectation of one trace, by its index. */
interface TraceAssertion {
  what: string;
  index: number;
  holds: (spans: Span[]) => void;
}

function assertionsOf(
  { traces, links = [], parts }: Scenario,
  { traceIds }: ScenarioResult,
): TraceAssertion[] {
  return [
    ...traces.map((rows, index) => ({
      what: `trace ${index + 1} has its ${rows.length} edges, one root and no orphan`,
      index,
      holds: (spans: Span[]) => {
        assertEdges(spans, rows);
        assertOneRoot(spans);
      },
    })),
    ...links.map(([from, to]) => ({
      what: `trace ${from + 1} links to ${from === to ? 'its own sender' : `trace ${to + 1}`}`,
      index: from,
      holds: (spans: Span[]) => assertLink(spans, traceIds[to]),
    })),
    ...(parts
      ? [
          {
            what: `goes on from ${parts.join === 'on' ? 'where it stopped' : 'a part'}, with a link to the last span of each of its ${parts.count} parts`,
            index: 0,
            holds: (spans: Span[]) => assertPartsJoined(spans, parts),
          },
        ]
      : []),
  ];
}

/** Reads a trace again until the assertion holds, because its last spans may arrive late. The result keeps what was read last. */
async function untilTrace(
  { traceIds, traces }: ScenarioResult,
  url: string,
  index: number,
  holds: TraceAssertion['holds'],
): Promise<void> {
  traces[index] ??= [];
  const remembered = (spans: Span[]) => {
    traces[index] = spans;
    holds(spans);
  };
  await waitForTrace(url, traceIds[index] ?? '', remembered, { deadlineMs: TRACE_DEADLINE_MS });
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

async function place(writer: string, scenario: Scenario): Promise<PlacedOrder> {
  const { demo, report, approvals, order, parts } = scenario;
  try {
    return await placeOrder(writer, {
      report,
      ...(approvals && { approval: approvals.length }),
      ...(parts && { parts: parts.count }),
      demo: { ...demo, ...(parts && { join: parts.join }) },
      ...order,
    });
  } catch (cause) {
    // `fetch` throws a TypeError if there is no answer.
    if (!(cause instanceof TypeError)) throw cause;
    throw new Error(
      `No writer answers at ${writer}. Start a system (npm start) or say where one is (--writer URL).`,
      { cause },
    );
  }
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

function assertOneRoot(spans: Span[]): void {
  const { roots, orphans } = buildTree(spans);
  if (roots.length === 1 && orphans.length === 0) return;
  throw new Error(`got ${roots.length} roots and ${orphans.length} orphans. Expected 1 and 0`);
}

function assertLink(spans: Span[], target: string | undefined): void {
  const links = spans.flatMap((span) => span.links);
  if (links.some(({ traceId }) => traceId === target)) return;
  throw new Error(`got ${links.length} links, none to trace ${target}`);
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
