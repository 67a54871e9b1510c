import type { Limits } from '../options.ts';
import type { MessageFacts } from '../model/facts.ts';
import { countLeading } from './count-leading.ts';
import type { MessageEnds } from './message-ends.ts';
import { SendersByDestination } from './senders-by-destination.ts';

/** Senders and consumers that no id or link pairs. */
export interface Unpaired {
  /** Senders whose message was not consumed, as far as ids and links show. */
  senders: readonly number[];
  /** Consumers whose sender is unknown. */
  consumers: readonly number[];
  limits: Limits;
}

/** Senders and consumers that may belong together. */
interface Lane {
  /** In order of start. A sender of several messages occurs once for each of them. */
  senders: number[];
  consumers: number[];
}

/**
 * Pairs consumers that begin a trace with senders of the same destination, where no id pairs them. Assumes that a queue roughly keeps the
 * order of sending. If there are more senders than consumers, leaves out the first senders, whose consumers may have run before the spans
 * that were read. Returns the sender of each consumer.
 */
export function pairByTime(ends: MessageEnds, { senders, consumers, limits }: Unpaired): Map<number, number> {
  const { store } = ends.forest;
  const byDestination = new SendersByDestination(store, senders);
  const lanes = new Map<string, Lane>();
  for (const consumer of consumers.toSorted(store.byStart)) {
    const facts = ends.facts(consumer);
    const key = laneKey(ends, consumer);
    const lane = lanes.get(key) ?? { senders: sendersFor(ends, facts, byDestination), consumers: [] };
    lane.consumers.push(consumer);
    lanes.set(key, lane);
  }
  const pairs = new Map<number, number>();
  for (const lane of lanes.values()) pairLane(ends, lane, limits, pairs);
  return pairs;
}

/** Returns the key of a consumer's lane. Each receiver of a message has its own lane. */
function laneKey(ends: MessageEnds, consumer: number): string {
  const { store } = ends.forest;
  const { destination, system, id } = ends.facts(consumer);
  return [destination, system, id === 0, store.serviceOf(consumer), store.nameOf(consumer)].join('\n');
}

function sendersFor(ends: MessageEnds, taken: MessageFacts, senders: SendersByDestination): number[] {
  // If both had an id, the id would have paired them.
  const possible = senders.to(taken).filter((sender) => taken.id === 0 || ends.facts(sender).id === 0);
  return possible
    .toSorted(ends.forest.store.byStart)
    .flatMap((sender) =>
      Array.from({ length: Math.min(MAX_BATCH, Math.max(1, ends.facts(sender).batch)) }, () => sender),
    );
}

const MAX_BATCH = 1_000;

function pairLane(
  { forest: { store } }: MessageEnds,
  { senders, consumers }: Lane,
  { clockMs, pairWithinMs }: Limits,
  pairs: Map<number, number>,
): void {
  let used = -1;
  consumers.forEach((consumer, index) => {
    const startMs = store.start.at(consumer);
    const inOrder = Math.max(used + 1, senders.length - (consumers.length - index));
    const last = countLeading(senders, (sender) => store.start.at(sender) <= startMs + clockMs) - 1;
    const at = Math.min(inOrder, last);
    const sender = senders[at];
    if (at <= used || sender === undefined || startMs - store.start.at(sender) > pairWithinMs) return;
    pairs.set(consumer, sender);
    used = at;
  });
}
