import type { OrderDocument } from '@beyond-headers/contracts';
import { assertEdges, fetchTrace, type EdgeRow, type Span } from '@beyond-headers/traces';
import assert from 'node:assert/strict';
import { attemptsIn } from '../../support/order-spans.ts';
import { assertNoOrphans, endedAs, reachesTrace, unique } from './delivered-spans.ts';
import { traces } from './preload.ts';

const ROWS: EdgeRow[] = [
  [null, 'writer PRODUCER send orders'],
  ['writer PRODUCER send orders', 'writer CLIENT update orders'],
  ['writer PRODUCER send orders', 'poller INTERNAL wait orders'],
  ['writer PRODUCER send orders', 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller CLIENT settle orders'],
];
const REPORT_ROW: EdgeRow = ['poller CONSUMER process orders', 'poller CLIENT POST'];

/**
 * Asserts that a fulfilled order has the expected trace. Every span has the right parent, every attempt appears once, and the last attempt
 * fulfilled the order.
 */
export function assertExactTree(read: Span[], order: OrderDocument): void {
  const spans = unique(read);
  assertEdges(spans, order.report ? [...ROWS, REPORT_ROW] : ROWS);
  assertNoOrphans(spans);
  const attempts = attemptsIn(spans);
  const [counted, uncounted] = [attempts.filter(isCounted), attempts.filter((span) => !isCounted(span))];
  assert.deepEqual(counted.map(numberOf), begunAttempts(counted, order), 'attempts');
  assert.deepEqual(uncounted.map(outcomeOf), uncountedIn(order), 'attempts that do not count');
  assert.ok(endedAs(attempts.at(-1), 'fulfilled'), 'the last attempt fulfilled the order');
}

const UNCOUNTED: unknown[] = ['postponed', 'released'];
const outcomeOf = ({ attributes }: Span) => attributes['demo.outcome'];
const numberOf = ({ attributes }: Span) => attributes['demo.attempt'];
const isCounted = (span: Span) => !UNCOUNTED.includes(outcomeOf(span));

const uncountedIn = ({ history = [] }: OrderDocument): string[] =>
  history.map(({ outcome }) => outcome).filter((outcome) => UNCOUNTED.includes(outcome));

/**
 * Returns the numbers of the attempts that began. If a poller was killed before it read the response to its claim, only the history has
 * that attempt.
 */
function begunAttempts(found: Span[], { attempts, history = [] }: OrderDocument): number[] {
  const numbers = new Set(found.map(numberOf));
  const neverBegan = (attempt: number) =>
    !numbers.has(attempt) &&
    history.some((record) => record.attempt === attempt && record.outcome === 'lease ended');
  return Array.from({ length: attempts }, (_, index) => index + 1).filter((attempt) => !neverBegan(attempt));
}

export const readTree = (order: OrderDocument): Promise<Span[]> =>
  fetchTrace(traces.queryUrl, order.traceIds[0] ?? '');

/** Waits for the exact trace of an order. Otherwise, throws an error with a drawing of the trace that arrived. */
export const reachesExactTree = (order: OrderDocument, deadlineMs = 10_000): Promise<Span[]> =>
  reachesTrace(order.traceIds[0], (spans) => assertExactTree(spans, order), deadlineMs);
