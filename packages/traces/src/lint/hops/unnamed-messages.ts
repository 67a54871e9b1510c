import { groupBy } from '../../tree/group-by.ts';
import { OPERATION, type MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import type { SpanStore } from '../model/span-store.ts';
import { areOneWay } from './message-keys.ts';
import { SendersByDestination } from './senders-by-destination.ts';

/** A batch that links only to some of its messages. By default, an SDK keeps 128 links of a span. */
interface Batch {
  facts: MessageFacts;
  /** The time by which its messages were sent. */
  atMs: number;
  /** How many messages it does not link to. */
  unnamed: number;
}

/** Returns the senders whose message such a batch may have received: for each batch, the last ones that started before it. */
export function takenUnnamed(forest: Forest, senders: readonly number[], nowMs: number): Set<number> {
  const byDestination = new SendersByDestination(forest.store, senders);
  const taken = new Set<number>();
  const lanes = groupBy(
    partlyLinked(forest, nowMs).toSorted((a, b) => a.atMs - b.atMs),
    ({ facts }) => `${facts.system}/${facts.destination}`,
  );
  for (const batches of lanes.values()) {
    const sent = batches.slice(0, 1).flatMap(({ facts }) => byDestination.to(facts));
    const left = sent.filter((sender) => !taken.has(sender)).toSorted(forest.store.byStart);
    for (const sender of lastBeforeEach(forest.store, batches, left)) taken.add(sender);
  }
  return taken;
}

function partlyLinked(forest: Forest, nowMs: number): Batch[] {
  const { store } = forest;
  return [...store.messages].flatMap(([span, facts]) => {
    const { operation, batch } = facts;
    if (
      batch < 2 ||
      operation === OPERATION.SEND ||
      operation === OPERATION.SETTLE ||
      store.end.at(span) > nowMs
    )
      return [];
    const unnamed = batch - [...store.linksOf(span)].length;
    if (unnamed <= 0 || !linksToMessage(forest, span, facts)) return [];
    return [{ facts, unnamed, atMs: (operation === OPERATION.RECEIVE ? store.end : store.start).at(span) }];
  });
}

/** Reports whether a batch links to one of its messages. Otherwise, its links have another meaning. */
function linksToMessage({ store, index }: Forest, span: number, facts: MessageFacts): boolean {
  for (const link of store.linksOf(span)) {
    const sent = store.messages.get(index.find(link.trace, link.high, link.low));
    if (sent && areOneWay(store.texts, sent, facts)) return true;
  }
  return false;
}

/**
 * Returns the senders that the batches take. Each batch takes the last ones before it that are left. Both lists must be in order of time.
 */
function lastBeforeEach(
  { start }: SpanStore,
  batches: readonly Batch[],
  senders: readonly number[],
): number[] {
  const waiting: number[] = [];
  let next = 0;
  return batches.flatMap(({ atMs, unnamed }) => {
    for (
      let sender = senders[next];
      sender !== undefined && start.at(sender) < atMs;
      sender = senders[++next]
    )
      waiting.push(sender);
    return waiting.splice(-unnamed);
  });
}
