import type { MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import type { Limits } from '../options.ts';
import { continuesElsewhere, topAbove, whatItContinues } from './ambient.ts';
import type { BrokenHop } from './hop.ts';
import type { MessageEnds } from './message-ends.ts';
import { areOneSystem, areOneWay, isDistinctive, namesNothing } from './message-keys.ts';
import { isById, type MessageKey, type SentMessages } from './sent-messages.ts';

/** What is known when one consumer is judged. */
export interface MessageSearch {
  ends: MessageEnds;
  sent: SentMessages;
  limits: Limits;
  /** Senders whose message somebody took. */
  consumed: ReadonlySet<number>;
}

/** A consumer that is joined to no sender of its message. */
export interface Unjoined {
  consumer: number;
  key: MessageKey;
  /** The traces of others that are not joined either: a link to those names no other work. */
  attempts: ReadonlySet<number>;
}

/** How the hop to a consumer broke, from the last sender that fits; undefined where none does. `joined` is that sender if the consumer is under what made its message. */
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
  const evidence = [same, 'The two spans are in separate traces, and no link connects these traces.'];
  return { kind: isProved ? 'lost-context' : 'root-consumer', ...common, also, evidence };
}

/**
 * Whether a consumer is under another span of the sender's process that made the message. That one wraps the sender, or is what the sender links
 * to. If it links to none, one was about the same destination before the message had an id.
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

/** What a sender links to of its own process that sent before: it created what the sender only hands over. */
export function linkedMakers(forest: Forest, sender: number): number[] {
  const { store, index } = forest;
  return [...store.linksOf(sender)]
    .map(({ trace, high, low }) => index.find(trace, high, low))
    .filter(
      (target) =>
        target >= 0 &&
        forest.areOneProcess(target, sender) &&
        store.start.at(target) <= store.start.at(sender) &&
        store.messages.get(target)?.operation === 'send',
    );
}

/** Where its half of the trace begins, of which nothing else is to be said. */
export function othersOf({ forest }: MessageEnds, consumer: number): number[] {
  const entry = forest.entryOf(consumer);
  return entry >= 0 && entry !== consumer ? [entry] : [];
}

/** Which hops are the same but for the attempt. */
export const hopKey = ({ forest }: MessageEnds, { kind, from, to }: BrokenHop): string =>
  `${kind}/${from}/${forest.store.labelOf(to)}`;

function canBeOf(
  { ends, consumed }: MessageSearch,
  { sender, key, taken }: { sender: number; key: MessageKey; taken: MessageFacts },
): boolean {
  // What only looks alike may be another message's, whose consumer is there.
  if (!isById(key) && consumed.has(sender)) return false;
  const { texts } = ends.forest.store;
  const sent = ends.facts(sender);
  if (areOneWay(texts, sent, taken)) return true;
  return areOneSystem(sent, taken) && isDistinctive(texts.text(taken.id));
}

/** By the conventions system, destination and id name a message. An id alone, a key, or a place in a topic makes it likely. */
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
