import type { Limits } from '../options.ts';
import type { MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import { destinationForms } from './message-keys.ts';

interface Unpaired {
  /** Senders whose message was not taken up. */
  senders: readonly number[];
  /** Consumers that begin a trace and link to nothing. */
  consumers: readonly number[];
  limits: Limits;
}

/** Who may have sent to whom. */
interface Lane {
  /** In the order of their start; one that sent several messages is there as often. */
  senders: number[];
  consumers: number[];
}

/**
 * Senders by consumer where no id pairs them: of one destination, in the order in which they were sent. A queue hands out in that order, or
 * nearly; of more senders than consumers the first are left out, as theirs may be before what was read.
 */
export function pairByTime(forest: Forest, { senders, consumers, limits }: Unpaired): Map<number, number> {
  const byDestination = sendersByDestination(forest, senders);
  const lanes = new Map<string, Lane>();
  for (const consumer of byStart(forest, consumers)) {
    const facts = factsOf(forest, consumer);
    const forms = destinationForms(forest.store.texts.text(facts.destination));
    const form = forms.find((each) => byDestination.has(each));
    if (form === undefined) continue;
    const key = laneKey(forest, consumer, form);
    const lane = lanes.get(key) ?? {
      senders: sendersFor(forest, facts, byDestination.get(form) ?? []),
      consumers: [],
    };
    lane.consumers.push(consumer);
    lanes.set(key, lane);
  }
  const pairs = new Map<number, number>();
  for (const lane of lanes.values()) pairLane(forest, lane, limits, pairs);
  return pairs;
}

/** Several receivers of one message have a lane each. */
function laneKey(forest: Forest, consumer: number, form: string): string {
  const { system, id } = factsOf(forest, consumer);
  return [form, system, id === 0, forest.store.serviceOf(consumer), forest.store.nameOf(consumer)].join('\n');
}

function sendersFor(forest: Forest, taken: MessageFacts, senders: readonly number[]): number[] {
  const possible = senders.filter((sender) => {
    const sent = factsOf(forest, sender);
    const isOneSystem = sent.system === taken.system || sent.system === 0 || taken.system === 0;
    // With an id on both sides it would have been found by that.
    return isOneSystem && (sent.id === 0 || taken.id === 0);
  });
  return byStart(forest, possible).flatMap((sender) =>
    Array.from({ length: Math.min(MAX_BATCH, Math.max(1, factsOf(forest, sender).batch)) }, () => sender),
  );
}

const MAX_BATCH = 1_000;

function byStart({ store }: Forest, spans: readonly number[]): number[] {
  return spans.toSorted((a, b) => store.start.at(a) - store.start.at(b));
}

function factsOf({ store }: Forest, span: number): MessageFacts {
  const facts = store.messages.get(span);
  if (!facts) throw new RangeError(`Failed to look up the message of span ${span}: it has none.`);
  return facts;
}

function sendersByDestination(forest: Forest, senders: readonly number[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const sender of senders) {
    for (const form of destinationForms(forest.store.texts.text(factsOf(forest, sender).destination))) {
      const others = found.get(form);
      if (others) others.push(sender);
      else found.set(form, [sender]);
    }
  }
  return found;
}

function pairLane(
  { store }: Forest,
  { senders, consumers }: Lane,
  { clockMs, pairWithinMs }: Limits,
  pairs: Map<number, number>,
): void {
  let used = -1;
  consumers.forEach((consumer, index) => {
    const startMs = store.start.at(consumer);
    const inOrder = Math.max(used + 1, senders.length - (consumers.length - index));
    const last = lastUpTo(senders, (sender) => store.start.at(sender) <= startMs + clockMs);
    const at = Math.min(inOrder, last);
    const sender = senders[at];
    if (at <= used || sender === undefined || startMs - store.start.at(sender) > pairWithinMs) return;
    pairs.set(consumer, sender);
    used = at;
  });
}

/** The last of a sorted list for which it holds, -1 where it holds for none. */
function lastUpTo(senders: readonly number[], holds: (sender: number) => boolean): number {
  let [low, high] = [0, senders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const sender = senders[middle];
    if (sender !== undefined && holds(sender)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
