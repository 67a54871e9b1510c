import assert from 'node:assert/strict';
import type { OrderSwitches } from '@beyond-headers/contracts';
import type { Span } from '@beyond-headers/traces';

/** The number of parts of an order, and whether it continues from where it stopped or from a part. */
export interface PartsOfScenario {
  count: number;
  join: NonNullable<OrderSwitches['join']>;
}

/** Checks which span an order continues from. Rows of edges can't, because the spans of an order and its parts have the same name. */
export function assertPartsJoined(spans: Span[], { count, join }: PartsOfScenario): void {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const isOfPart = (id: string | undefined) => byId.get(id ?? '')?.attributes['demo.part.of'] !== undefined;
  const wentOn = spans.filter(({ attributes }) => attributes['demo.pause.reason'] === 'parts');
  assert.equal(wentOn.length, 1, 'attempts that go on after parts');
  const [{ parentSpanId, links }] = wentOn as [Span];
  assert.equal(isOfPart(parentSpanId), join === 'part', 'it goes on from a part');
  assert.equal(links.filter(({ spanId }) => isOfPart(spanId)).length, count, 'links to parts');
}
