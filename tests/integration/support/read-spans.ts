import { waitForTrace, type Span } from '@beyond-headers/traces';
import { attemptsIn } from '../../support/order-spans.ts';
import { traces } from './preload.ts';

/** Returns the attempts in a trace, once there are `count` of them. */
export async function readAttempts(traceId: string, count: number): Promise<Span[]> {
  const hasAll = (found: Span[]) => attemptsIn(found).length === count;
  return attemptsIn(await waitForTrace(traces.queryUrl, traceId, hasAll));
}

/** Returns the span with this name in a trace, once it is there. */
export async function readSpan(traceId: string, name: string): Promise<Span> {
  const find = (spans: Span[]) => spans.find((span) => span.name === name);
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) => find(found) !== undefined);
  return find(spans)!;
}
