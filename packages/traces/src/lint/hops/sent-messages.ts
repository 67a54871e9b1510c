import type { MessageFacts } from '../model/facts.ts';
import type { SpanStore } from '../model/span-store.ts';

/** What names a message: its id, or what it shares with few others. A number, as there may be a million. */
export type MessageKey = number;

/** Of one message there are few senders; where all messages have one id, looking at all of them for each would take quadratic time. */
const MAX_LOOKED_AT = 64;

/** Senders by what names their message. */
export class SentMessages {
  readonly #store: SpanStore;
  readonly #byKey = new Map<MessageKey, number[]>();
  readonly #traces = new Map<MessageKey, Set<number>>();

  constructor(store: SpanStore, senders: readonly number[]) {
    this.#store = store;
    for (const sender of senders) {
      const facts = store.messages.get(sender);
      for (const key of facts ? keysOf(facts) : []) {
        const others = this.#byKey.get(key);
        if (others) others.push(sender);
        else this.#byKey.set(key, [sender]);
      }
    }
    for (const senders of this.#byKey.values())
      if (senders.length > 1) senders.sort((a, b) => store.start.at(a) - store.start.at(b));
  }

  /** By what a consumer's sender can be found: undefined where no sender named such a message. */
  keyFor(facts: MessageFacts): MessageKey | undefined {
    for (const key of keysOf(facts)) {
      const senders = this.#byKey.get(key);
      // A sender that has another id for its message did not send this one, whatever else they share.
      if (senders && (facts.id === 0 || isById(key) || senders.some((sender) => this.#lacksId(sender))))
        return key;
    }
    return undefined;
  }

  #lacksId(sender: number): boolean {
    return this.#store.messages.get(sender)?.id === 0;
  }

  isOf(sender: number, key: MessageKey): boolean {
    const facts = this.#store.messages.get(sender);
    return facts !== undefined && keysOf(facts).includes(key);
  }

  tracesOf(key: MessageKey): Set<number> {
    const known = this.#traces.get(key);
    if (known) return known;
    const traces = new Set((this.#byKey.get(key) ?? []).map((sender) => this.#store.trace.at(sender)));
    this.#traces.set(key, traces);
    return traces;
  }

  /** The last sender of a message that began by then, of all that fit. */
  lastBefore(
    key: MessageKey,
    latestMs: number,
    fits: (sender: number) => boolean,
    trace?: number,
  ): number | undefined {
    if (trace !== undefined && !this.tracesOf(key).has(trace)) return undefined;
    const senders = this.#byKey.get(key) ?? [];
    return senders
      .slice(-MAX_LOOKED_AT)
      .findLast(
        (sender) =>
          this.#store.start.at(sender) <= latestMs &&
          (trace === undefined || this.#store.trace.at(sender) === trace) &&
          fits(sender),
      );
  }
}

/** Whether the key is the id of a message, which proves that two spans are about the same one. */
export const isById = (key: MessageKey): boolean => key % 2 === 0;

function keysOf({ id, correlation }: MessageFacts): MessageKey[] {
  if (correlation === 0) return id === 0 ? [] : [id * 2];
  return id === 0 ? [correlation * 2 + 1] : [id * 2, correlation * 2 + 1];
}
