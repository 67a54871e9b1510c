import { groupBy } from '../../tree/group-by.ts';
import { KIND } from '../model/span-store.ts';
import { continuesElsewhere, linksAbove } from './ambient.ts';
import type { BrokenHop } from './hop.ts';
import { othersOf } from './message-break.ts';
import type { MessageEnds } from './message-ends.ts';
import { pairByTime, type Unpaired } from './pair-by-time.ts';

/**
 * Pairs consumers that begin a trace with the senders that fit best by time. Returns these pairs as broken hops, and the CONSUMER roots
 * without a sender. These don't include `receivers`, which may have received no message.
 */
export function pairUnmatched(
  ends: MessageEnds,
  { senders, consumers, limits }: Unpaired,
): { broken: BrokenHop[]; withoutSender: number[] } {
  const { forest } = ends;
  const roots = consumers.filter((consumer) => beginsATrace(ends, consumer));
  const receivers = ends.receivers.filter((receiver) => beginsATrace(ends, receiver));
  const pairs = pairByTime(ends, { senders, consumers: [...roots, ...receivers], limits });
  for (const receiver of mayBeEmpty(ends, receivers, pairs)) pairs.delete(receiver);
  const withoutSender = roots.filter(
    (consumer) =>
      !pairs.has(consumer) &&
      forest.store.kind.at(consumer) === KIND.CONSUMER &&
      forest.entryOf(consumer) === consumer,
  );
  return { broken: [...pairs].map(([to, from]) => likelyHop(ends, from, to)), withoutSender };
}

function beginsATrace({ forest, sendAbove }: MessageEnds, consumer: number): boolean {
  if (continuesElsewhere(forest, consumer, sendAbove)) return false;
  for (const _link of linksAbove(forest, consumer)) return false;
  return true;
}

/**
 * Returns the receivers without children, unless all similar ones (by resource and name) have a sender. A poll that finds nothing looks the
 * same.
 */
function mayBeEmpty(
  { forest }: MessageEnds,
  receivers: readonly number[],
  pairs: ReadonlyMap<number, number>,
): number[] {
  const { store } = forest;
  const idle = receivers.filter((receiver) => (forest.childCount[receiver] ?? 0) === 0);
  const loops = groupBy(idle, (receiver) => `${store.resource.at(receiver)}/${store.name.at(receiver)}`);
  return [...loops.values()].flatMap((polls) => (polls.every((poll) => pairs.has(poll)) ? [] : polls));
}

function likelyHop(ends: MessageEnds, from: number, to: number): BrokenHop {
  const { store } = ends.forest;
  const evidence = [
    `${store.labelOf(from)} sent a message to the same destination shortly before, and no span received this message.`,
    `${store.labelOf(to)} starts a trace and has no link.`,
  ];
  return { kind: 'root-consumer', certainty: 'likely', from, to, also: othersOf(ends, to), evidence };
}
