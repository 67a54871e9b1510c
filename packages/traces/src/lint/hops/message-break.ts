import { OPERATION, type MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import type { Limits } from '../options.ts';
import { continuesElsewhere, topAbove, whatItContinues } from './ambient.ts';
import { SEPARATE_TRACES, type BrokenHop } from './hop.ts';
import type { MessageEnds } from './message-ends.ts';
import { areOneSystem, areOneWay, isDistinctive, namesNothing } from './message-keys.ts';
import { isById, type MessageKey, type SentMessages } from './sent-messages.ts';

/** The data for judging a consumer. */
export interface MessageSearch {
  ends: MessageEnds;
  sent: SentMessages;
  limits: Limits;
  /** Senders whose message was consumed. */
  consumed: ReadonlySet<number>;
}

/** A consumer that is neither below a sender of its message nor links to one. */
export interface Unjoined {
  consumer: number;
  key: MessageKey;
  /** The traces of all such consumers of the message. A link to one of these is a link to another attempt, and not to other work. */
  attempts: ReadonlySet<number>;
}

/**
 * Returns how the hop to a consumer broke, from the last sender that fits. If the consumer is below the span that created the message,
 * returns that sender as `joined`. Undefined if no sender fits.
 */
export function breakOf(
  search: MessageSearch,
  { consumer, key, attempts }: Unjoined,
): BrokenHop | { joined: number } | undefined {
  const { ends, sent, limits } = search;
  const { forest, sendAbove } = ends;
  const { store } = forest;
  const latestMs = store.start.at(consumer) + limits.clockMs;
  const fits = (sender: number) => canBeOf(search, { sender, key, taken: ends.facts(consumer) });
  const inTrace = sent.lastBefore(key, latestMs, fits, store.trace.at(consumer));
  if (inTrace !== undefined && isUnderItsMaker(ends, consumer, inTrace)) return { joined: inTrace };
  const from = inTrace ?? sent.lastBefore(key, latestMs, fits);
  if (from === undefined) return undefined;
  const isProved = proves(ends, { from, to: consumer, key });
  const same = sameMessage(search, { from, to: consumer, key, isProved });
  const also = othersOf(ends, consumer);
  const certainty = isProved ? 'certain' : 'likely';
  const common = { from, to: consumer, certainty } as const;
  if (inTrace !== undefined) {
    const where = `${store.labelOf(consumer)} is in the trace of the sender, but is neither below the sender nor linked to it.`;
    return { kind: 'wrong-parent', ...common, also, evidence: [same, where] };
  }
  if (continuesElsewhere(forest, consumer, sendAbove) || linksBeyond(ends, consumer, attempts)) {
    const evidence = [same, `The consumer continues ${whatItContinues(forest, consumer)}.`];
    return { kind: 'wrong-trace', ...common, also: [...also, ...topAbove(forest, consumer)], evidence };
  }
  return {
    kind: isProved ? 'lost-context' : 'root-consumer',
    ...common,
    also,
    evidence: [same, SEPARATE_TRACES],
  };
}

/**
 * Reports whether a consumer is below another span of the sender's process that created the message. That span wraps the sender, or the
 * sender links to it. If the sender links to none, it is a span for the same destination that doesn't name its message.
 */
function isUnderItsMaker(ends: MessageEnds, consumer: number, sender: number): boolean {
  const { forest, sendAbove } = ends;
  const makers = linkedMakers(forest, sender);
  for (let maker = sendAbove[consumer] ?? -1; maker >= 0; maker = sendAbove[maker] ?? -1) {
    if (!forest.areOneProcess(maker, sender)) continue;
    if (wraps(forest, maker, sender) || makers.includes(maker)) return true;
    const facts = ends.facts(maker);
    if (
      makers.length === 0 &&
      namesNothing(facts) &&
      areOneWay(forest.store.texts, facts, ends.facts(consumer))
    )
      return true;
  }
  return false;
}

const wraps = (forest: Forest, outer: number, inner: number): boolean =>
  forest.isUnder(inner, outer) && forest.store.end.at(inner) <= forest.store.end.at(outer);

/** Returns the earlier senders of the same process to which a sender links. They created the messages that this one only hands over. */
export function linkedMakers(forest: Forest, sender: number): number[] {
  const { store, index } = forest;
  return [...store.linksOf(sender)]
    .map(({ trace, high, low }) => index.find(trace, high, low))
    .filter(
      (target) =>
        target >= 0 &&
        forest.areOneProcess(target, sender) &&
        store.start.at(target) <= store.start.at(sender) &&
        store.messages.get(target)?.operation === OPERATION.SEND,
    );
}

/** Returns the span at which the consumer's half of the trace begins, if it is another span. Other rules don't report it. */
export function othersOf({ forest }: MessageEnds, consumer: number): number[] {
  const entry = forest.entryOf(consumer);
  return entry >= 0 && entry !== consumer ? [entry] : [];
}

function canBeOf(
  { ends, consumed }: MessageSearch,
  { sender, key, taken }: { sender: number; key: MessageKey; taken: MessageFacts },
): boolean {
  // Without an id, this sender may have sent another message, whose consumer is known.
  if (!isById(key) && consumed.has(sender)) return false;
  const { texts } = ends.forest.store;
  const sent = ends.facts(sender);
  if (areOneWay(texts, sent, taken)) return true;
  return areOneSystem(sent, taken) && isDistinctive(texts.text(taken.id));
}

/**
 * Reports whether both spans certainly have the same message. By the semantic conventions, system, destination, and id identify a message.
 * An id alone, a key, or a position in a topic only makes it likely.
 */
function proves(
  ends: MessageEnds,
  { from, to, key }: { from: number; to: number; key: MessageKey },
): boolean {
  const [sent, taken] = [ends.facts(from), ends.facts(to)];
  const haveSystem = sent.system !== 0 && taken.system !== 0;
  return (
    isById(key) && !taken.isPlaceInTopic && haveSystem && areOneWay(ends.forest.store.texts, sent, taken)
  );
}

function linksBeyond({ forest }: MessageEnds, consumer: number, traces: ReadonlySet<number>): boolean {
  for (const { trace } of forest.store.linksOf(consumer)) if (!traces.has(trace)) return true;
  return false;
}

function sameMessage(
  { ends, limits }: MessageSearch,
  { from, to, key, isProved }: { from: number; to: number; key: MessageKey; isProved: boolean },
): string {
  const { store } = ends.forest;
  const { id, isPlaceInTopic, correlation, destination } = ends.facts(to);
  const text = (number: number) => store.texts.text(number);
  const values = limits.showValues ? ` (${text(destination)}, ${text(isById(key) ? id : correlation)})` : '';
  const likely = isById(key) && isPlaceInTopic ? 'place in the topic' : 'id, key or conversation';
  const what = isProved ? 'system, destination and messaging.message.id' : likely;
  return `${store.labelOf(from)} and ${store.labelOf(to)} have the same ${what}${values}.`;
}
