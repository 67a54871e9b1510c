import type { MessageFacts } from '../model/facts.ts';
import type { SpanStore } from '../model/span-store.ts';

/** The key of a message: its id, or a value that it shares with few others. It is a number, because there may be a million keys. */
export type MessageKey = number;

/**
 * The number of senders to compare. A message has few of them. But if all messages had the same id, comparing all senders would take
 * quadratic time.
 */
const MAX_LOOKED_AT = 64;

/** Senders by the keys of their message. */
export class SentMessages {
  readonly #store: SpanStore;
  /** Most messages have one sender, which needs no list. */
  readonly #byKey = new Map<MessageKey, number | number[]>();
  readonly #traces = new Map<MessageKey, Set<number>>();

  constructor(store: SpanStore, senders: readonly number[]) {
    this.#store = store;
    for (const sender of senders) {
      const facts = store.messages.get(sender);
      for (const key of facts ? keysOf(facts) : []) {
        const others = this.#byKey.get(key);
        if (others === undefined) this.#byKey.set(key, sender);
        else if (typeof others === 'number') this.#byKey.set(key, [others, sender]);
        else others.push(sender);
      }
    }
    for (const senders of this.#byKey.values()) if (typeof senders !== 'number') senders.sort(store.byStart);
  }

  /** In the order of their start. */
  #sendersOf(key: MessageKey): readonly number[] {
    const senders = this.#byKey.get(key) ?? [];
    return typeof senders === 'number' ? [senders] : senders;
  }

  /** Returns the key by which a consumer's sender can be found. Undefined if no sender has such a key. */
  keyFor(facts: MessageFacts): MessageKey | undefined {
    for (const key of keysOf(facts)) {
      const senders = this.#sendersOf(key);
      // A sender that has another id for its message did not send this one, whatever else they share.
      if (
        senders.length > 0 &&
        (facts.id === 0 || isById(key) || senders.some((sender) => this.#lacksId(sender)))
      )
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
    const traces = new Set(this.#sendersOf(key).map((sender) => this.#store.trace.at(sender)));
    this.#traces.set(key, traces);
    return traces;
  }

  /** Returns the last sender of a message that fits and that started by `latestMs`, in `trace` if it is given. */
  lastBefore(
    key: MessageKey,
    latestMs: number,
    fits: (sender: number) => boolean,
    trace?: number,
  ): number | undefined {
    if (trace !== undefined && !this.tracesOf(key).has(trace)) return undefined;
    return this.#sendersOf(key)
      .slice(-MAX_LOOKED_AT)
      .findLast(
        (sender) =>
          this.#store.start.at(sender) <= latestMs &&
          (trace === undefined || this.#store.trace.at(sender) === trace) &&
          fits(sender),
      );
  }
}

/** Reports whether the key is the id of a message. Other keys may belong to several messages. */
export const isById = (key: MessageKey): boolean => key % 2 === 0;

function keysOf({ id, correlation }: MessageFacts): MessageKey[] {
  if (correlation === 0) return id === 0 ? [] : [id * 2];
  return id === 0 ? [correlation * 2 + 1] : [id * 2, correlation * 2 + 1];
}
