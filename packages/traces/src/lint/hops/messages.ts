import type { Limits } from '../options.ts';
import { OPERATION, type MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import { linksAbove } from './ambient.ts';
import { mergeAttempts, type BrokenHop } from './hop.ts';
import { breakOf, linkedMakers } from './message-break.ts';
import { MessageEnds } from './message-ends.ts';
import { areOneWay, namesNothing } from './message-keys.ts';
import { isById, SentMessages, type MessageKey } from './sent-messages.ts';
import { pairUnmatched } from './unmatched-messages.ts';

/** Pairs senders and consumers of messages: by ids or keys, and the rest by time. */
export class MessageHops {
  readonly senders: readonly number[];
  readonly consumers: readonly number[];
  /** Senders whose message was consumed. */
  readonly consumed = new Set<number>();
  /** CONSUMER roots that link to nothing, and whose sender is unknown. */
  readonly withoutSender: readonly number[];
  readonly broken: BrokenHop[];
  readonly #forest: Forest;
  readonly #limits: Limits;
  readonly #ends: MessageEnds;
  readonly #sent: SentMessages;

  /** `apart` has spans to leave out, because their other half is already known. */
  constructor(forest: Forest, limits: Limits, apart: ReadonlySet<number>) {
    this.#forest = forest;
    this.#limits = limits;
    this.#ends = new MessageEnds(forest, apart);
    ({ senders: this.senders, consumers: this.consumers } = this.#ends);
    this.#sent = new SentMessages(forest.store, this.senders);
    this.#noteConsumed();
    const { broken, unmatched } = this.#pairByKey();
    for (const { from } of broken) this.consumed.add(from);
    const senders = this.senders.filter((sender) => !this.consumed.has(sender));
    const byTime = pairUnmatched(this.#ends, { senders, consumers: unmatched, limits });
    for (const { from } of byTime.broken) this.consumed.add(from);
    this.withoutSender = byTime.withoutSender;
    this.broken = mergeAttempts(
      [...broken, ...byTime.broken],
      ({ kind, from, to }) => `${kind}/${from}/${forest.store.labelOf(to)}`,
    );
  }

  facts(span: number): MessageFacts {
    return this.#ends.facts(span);
  }

  /**
   * Returns whether the message of a span was sent in the same trace or elsewhere. Undefined if the span is below its sender or links to
   * it, or if the sender is unknown.
   */
  whereSent(span: number): 'here' | 'elsewhere' | undefined {
    const { store } = this.#forest;
    const facts = store.messages.get(span);
    const key = facts && this.#sent.keyFor(facts);
    if (key === undefined || this.#isJoined(span, key)) return undefined;
    return this.#sent.tracesOf(key).has(store.trace.at(span)) ? 'here' : 'elsewhere';
  }

  #noteConsumed(): void {
    const { store, index } = this.#forest;
    for (const sender of this.senders) if (this.#handsOver(sender)) this.consumed.add(sender);
    for (const [span, { operation }] of store.messages) {
      if (operation === OPERATION.SEND || operation === OPERATION.SETTLE) continue;
      const sender = this.#ends.sendAbove[span] ?? -1;
      if (sender >= 0) this.consumed.add(sender);
      for (const link of store.linksOf(span)) {
        const target = index.find(link.trace, link.high, link.low);
        if (target >= 0) this.consumed.add(target);
      }
    }
  }

  /**
   * Reports whether a sender only hands over messages that other spans of its process created. Each of those spans then counts as the
   * sender.
   */
  #handsOver(sender: number): boolean {
    const { messages, texts } = this.#forest.store;
    return linkedMakers(this.#forest, sender).some((maker) => {
      const made = messages.get(maker);
      return made !== undefined && areOneWay(texts, made, this.facts(sender));
    });
  }

  /** Returns the broken hops between senders and consumers of the same message, and the consumers whose sender is unknown. */
  #pairByKey(): { broken: BrokenHop[]; unmatched: number[] } {
    const { unmatched, unjoined, rightTraces } = this.#consumersByKey();
    const broken: BrokenHop[] = [];
    const search = { ends: this.#ends, sent: this.#sent, limits: this.#limits, consumed: this.consumed };
    for (const [key, consumers] of unjoined) {
      const attempts = new Set(consumers.map((consumer) => this.#forest.store.trace.at(consumer)));
      for (const consumer of consumers) {
        if (this.#namesOneOf(consumer, rightTraces.get(key))) continue;
        const hop = breakOf(search, { consumer, key, attempts });
        if (hop === undefined) unmatched.push(consumer);
        else if ('joined' in hop) this.consumed.add(hop.joined);
        else broken.push(hop);
      }
    }
    return { broken, unmatched };
  }

  #consumersByKey() {
    const unmatched: number[] = [];
    const joined: number[] = [];
    const unjoined = new Map<MessageKey, number[]>();
    for (const consumer of this.consumers) {
      const key = this.#sent.keyFor(this.facts(consumer));
      if (key === undefined) unmatched.push(consumer);
      else if (this.#isJoined(consumer, key)) joined.push(consumer);
      else {
        const others = unjoined.get(key) ?? [];
        others.push(consumer);
        unjoined.set(key, others);
      }
    }
    return { unmatched, unjoined, rightTraces: this.#rightTraces(joined, unjoined) };
  }

  /**
   * Returns the traces of the joined consumers of each message that also has an unjoined one. A later attempt may link to one of these
   * traces instead.
   */
  #rightTraces(
    joined: readonly number[],
    unjoined: ReadonlyMap<MessageKey, unknown>,
  ): Map<MessageKey, Set<number>> {
    const traces = new Map<MessageKey, Set<number>>();
    if (unjoined.size === 0) return traces;
    for (const consumer of joined) {
      const key = this.#sent.keyFor(this.facts(consumer));
      if (key === undefined || !unjoined.has(key)) continue;
      const known = traces.get(key) ?? new Set<number>();
      traces.set(key, known.add(this.#forest.store.trace.at(consumer)));
    }
    return traces;
  }

  /** Reports whether a consumer is below a sender of its message, or links into the trace of one. */
  #isJoined(consumer: number, key: MessageKey): boolean {
    const { sendAbove } = this.#ends;
    for (let sender = sendAbove[consumer] ?? -1; sender >= 0; sender = sendAbove[sender] ?? -1)
      if (this.#sent.isOf(sender, key) || (!isById(key) && this.#mayBeOf(sender, consumer))) return true;
    return this.#namesOneOf(consumer, this.#sent.tracesOf(key));
  }

  /** Reports whether a sender that names no message may have sent this one. The consumer's key or conversation doesn't rule it out. */
  #mayBeOf(sender: number, consumer: number): boolean {
    const sent = this.facts(sender);
    return namesNothing(sent) && areOneWay(this.#forest.store.texts, sent, this.facts(consumer));
  }

  #namesOneOf(consumer: number, traces: ReadonlySet<number> | undefined): boolean {
    if (!traces) return false;
    for (const { trace } of linksAbove(this.#forest, consumer)) if (traces.has(trace)) return true;
    return false;
  }
}
