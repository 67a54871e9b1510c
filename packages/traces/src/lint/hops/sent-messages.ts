import type { MessageFacts } from '../model/facts.ts';
import type { SpanStore } from '../model/span-store.ts';

/** Senders by what names their message: its id, or where it has none what it shares with few others. */
export class SentMessages {
  readonly #store: SpanStore;
  readonly #byKey = new Map<string, number[]>();
  readonly #traces = new Map<string, Set<number>>();

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
  keyFor(facts: MessageFacts): string | undefined {
    const keys = keysOf(facts).filter((key) => this.#byKey.has(key));
    // A sender that has another id for its message did not send this one, whatever else they share.
    return facts.id === 0 ? keys[0] : keys.find((key) => this.isById(key) || this.#sendersLackIds(key));
  }

  #sendersLackIds(key: string): boolean {
    return (this.#byKey.get(key) ?? []).some((sender) => this.#store.messages.get(sender)?.id === 0);
  }

  isById(key: string): boolean {
    return key.startsWith('id/');
  }

  isOf(sender: number, key: string): boolean {
    const facts = this.#store.messages.get(sender);
    return facts !== undefined && keysOf(facts).includes(key);
  }

  tracesOf(key: string): Set<number> {
    const known = this.#traces.get(key);
    if (known) return known;
    const traces = new Set((this.#byKey.get(key) ?? []).map((sender) => this.#store.trace.at(sender)));
    this.#traces.set(key, traces);
    return traces;
  }

  /** The last sender of a message that began by then, of all that fit. */
  lastBefore(
    key: string,
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

/** Of one message there are few senders; where all messages have one id, looking at all of them for each would take quadratic time. */
const MAX_LOOKED_AT = 64;

function keysOf({ id, correlation }: MessageFacts): string[] {
  return [...(id === 0 ? [] : [`id/${id}`]), ...(correlation === 0 ? [] : [`like/${correlation}`])];
}
