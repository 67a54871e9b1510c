import type { Limits } from '../options.ts';
import type { MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';
import { continuesElsewhere, linksAbove, topAbove, whatItContinues } from './ambient.ts';
import { HopList, type BrokenHop } from './hop.ts';
import { areOneWay, isDistinctive } from './message-keys.ts';
import { pairByTime } from './pair-by-time.ts';
import { isById, SentMessages, type MessageKey } from './sent-messages.ts';

/** A message whose send and whose processing are both there, and what each of them is. */
export class MessageHops {
  /** Spans that sent, in the order of the store. */
  readonly senders: number[] = [];
  /** Spans that are to continue what a sender began. */
  readonly consumers: number[] = [];
  /** By span: the nearest sender above it, -1 without one. */
  readonly sendAbove: Int32Array;
  /** Senders whose message somebody took. */
  readonly consumed = new Set<number>();
  /** CONSUMER roots that link to nothing, and whose sender is not known. */
  readonly withoutSender: number[] = [];
  readonly broken: BrokenHop[];
  readonly #forest: Forest;
  readonly #store: SpanStore;
  readonly #limits: Limits;
  readonly #sent: SentMessages;

  /** `apart` are spans whose other half is known otherwise. */
  constructor(forest: Forest, limits: Limits, apart: ReadonlySet<number>) {
    this.#forest = forest;
    this.#store = forest.store;
    this.#limits = limits;
    for (const [span, facts] of this.#store.messages) {
      if (!forest.isLive(span) || apart.has(span)) continue;
      if (this.#isSender(span, facts)) this.senders.push(span);
      else if (this.#isConsumer(span, facts)) this.consumers.push(span);
    }
    this.sendAbove = this.#sendersAbove();
    this.#sent = new SentMessages(this.#store, this.senders);
    this.#noteConsumed();
    this.broken = this.#findBroken();
  }

  facts(span: number): MessageFacts {
    const facts = this.#store.messages.get(span);
    if (!facts) throw new RangeError(`Failed to look up the message of span ${span}: it has none.`);
    return facts;
  }

  /** Where what a span works on was sent, if the span names neither: in its own trace, in another one, or by nothing that was read. */
  whereSent(span: number): 'here' | 'elsewhere' | undefined {
    const facts = this.#store.messages.get(span);
    const key = facts && this.#sent.keyFor(facts);
    if (key === undefined || this.#isJoined(span, key)) return undefined;
    return this.#sent.tracesOf(key).has(this.#store.trace.at(span)) ? 'here' : 'elsewhere';
  }

  #isSender(span: number, { operation }: MessageFacts): boolean {
    return operation === 'send' && this.#store.kind.at(span) !== KIND.CONSUMER;
  }

  /** A span that received for others to process is none: those below it are. */
  #isConsumer(span: number, { operation, batch, id }: MessageFacts): boolean {
    const kind = this.#store.kind.at(span);
    if (kind === KIND.PRODUCER || kind === KIND.CLIENT) return false;
    if (operation === 'process')
      return kind === KIND.CONSUMER || kind === KIND.INTERNAL || kind === KIND.SERVER;
    if (kind !== KIND.CONSUMER || operation === 'settle') return false;
    return (
      (batch > 0 || id !== 0) && ![...this.#forest.childrenOf(span)].some((child) => this.#processes(child))
    );
  }

  #processes(span: number): boolean {
    return this.#store.messages.get(span)?.operation === 'process';
  }

  #sendersAbove(): Int32Array {
    const forest = this.#forest;
    const isSender = new Uint8Array(this.#store.size);
    for (const sender of this.senders) isSender[sender] = 1;
    const above = new Int32Array(this.#store.size).fill(-1);
    for (const span of forest.order) {
      const parent = forest.parentOf(span);
      if (parent >= 0) above[span] = isSender[parent] === 1 ? parent : (above[parent] ?? -1);
    }
    return above;
  }

  #noteConsumed(): void {
    for (const [span, { operation }] of this.#store.messages) {
      if (operation === 'send' || operation === 'settle') continue;
      const sender = this.sendAbove[span] ?? -1;
      if (sender >= 0) this.consumed.add(sender);
      for (const link of this.#store.linksOf(span)) {
        const target = this.#forest.index.find(link.trace, link.high, link.low);
        if (target >= 0) this.consumed.add(target);
      }
    }
  }

  #findBroken(): BrokenHop[] {
    const hops = new HopList();
    const unmatched: number[] = [];
    const unjoined = new Map<MessageKey, number[]>();
    const joined: number[] = [];
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
    const rightTraces = this.#rightTraces(joined, unjoined);
    for (const [key, consumers] of unjoined) {
      const attempts = new Set(consumers.map((consumer) => this.#store.trace.at(consumer)));
      for (const consumer of consumers) {
        if (this.#namesOneOf(consumer, rightTraces.get(key))) continue;
        const hop = this.#breakOf(consumer, key, attempts);
        if (hop) hops.add(this.#hopKey(hop), hop);
        else unmatched.push(consumer);
      }
    }
    for (const hop of hops.hops) this.consumed.add(hop.from);
    this.#pairUnmatched(unmatched, hops);
    return hops.hops;
  }

  /** Of messages that some consumer is not joined to: the traces in which another one is, as a later attempt may name that instead. */
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
      traces.set(key, known.add(this.#store.trace.at(consumer)));
    }
    return traces;
  }

  /** Whether it hangs under a sender of its message, or links to one or into its trace. */
  #isJoined(consumer: number, key: MessageKey): boolean {
    for (let sender = this.sendAbove[consumer] ?? -1; sender >= 0; sender = this.sendAbove[sender] ?? -1) {
      if (this.#sent.isOf(sender, key)) return true;
    }
    const traces = this.#sent.tracesOf(key);
    for (const { trace } of linksAbove(this.#forest, consumer)) if (traces.has(trace)) return true;
    return false;
  }

  #namesOneOf(consumer: number, traces: Set<number> | undefined): boolean {
    if (!traces) return false;
    for (const { trace } of linksAbove(this.#forest, consumer)) if (traces.has(trace)) return true;
    return false;
  }

  /** `attempts` are the traces of others that are not joined either: a link to those names no other work. */
  #breakOf(consumer: number, key: MessageKey, attempts: ReadonlySet<number>): BrokenHop | undefined {
    const store = this.#store;
    const latestMs = store.start.at(consumer) + this.#limits.clockMs;
    const facts = this.facts(consumer);
    // What only looks alike may be another message's, whose consumer is there.
    const isFree = (sender: number) => isById(key) || !this.consumed.has(sender);
    const fits = (sender: number) => isFree(sender) && this.#canBeOf(sender, facts);
    const inTrace = this.#sent.lastBefore(key, latestMs, fits, store.trace.at(consumer));
    const from = inTrace ?? this.#sent.lastBefore(key, latestMs, fits);
    if (from === undefined) return undefined;
    const isProved = this.#isProved(from, facts, key);
    const common = {
      from,
      to: consumer,
      also: this.#others(consumer),
      certainty: isProved ? 'certain' : 'likely',
    } as const;
    const same = this.#sameMessage(from, consumer, isProved);
    if (inTrace !== undefined) {
      const where = `${store.labelOf(consumer)} is in its trace, and neither under it nor linked to it.`;
      return { kind: 'wrong-parent', ...common, evidence: [same, where] };
    }
    if (continuesElsewhere(this.#forest, consumer, this.sendAbove) || this.#linksBeyond(consumer, attempts)) {
      const evidence = [same, `The consumer continues ${whatItContinues(this.#forest, consumer)}.`];
      const also = [...common.also, ...topAbove(this.#forest, consumer)];
      return { kind: 'wrong-trace', ...common, also, evidence };
    }
    const kind = isProved ? 'lost-context' : 'root-consumer';
    return { kind, ...common, evidence: [same, 'The two traces neither share a span nor link.'] };
  }

  /** By the conventions system, destination and id name a message. An id alone, or a key, makes it likely. */
  #isProved(sender: number, taken: MessageFacts, key: MessageKey): boolean {
    const sent = this.facts(sender);
    const haveSystem = sent.system !== 0 && taken.system !== 0;
    return isById(key) && haveSystem && areOneWay(this.#store.texts, sent, taken);
  }

  #linksBeyond(consumer: number, traces: ReadonlySet<number>): boolean {
    for (const { trace } of this.#store.linksOf(consumer)) if (!traces.has(trace)) return true;
    return false;
  }

  #canBeOf(sender: number, taken: MessageFacts): boolean {
    const sent = this.facts(sender);
    if (areOneWay(this.#store.texts, sent, taken)) return true;
    const areOneSystem = sent.system === taken.system || sent.system === 0 || taken.system === 0;
    return areOneSystem && isDistinctive(this.#store.texts.text(taken.id));
  }

  /** Where its half of the trace begins, of which nothing else is to be said. */
  #others(consumer: number): number[] {
    const entry = this.#forest.entryOf(consumer);
    return entry >= 0 && entry !== consumer ? [entry] : [];
  }

  #sameMessage(from: number, to: number, isProved: boolean): string {
    const { id, correlation, destination } = this.facts(to);
    const texts = this.#store.texts;
    const values = this.#limits.showValues
      ? ` (${texts.text(destination)}, ${texts.text(id === 0 ? correlation : id)})`
      : '';
    const what = isProved ? 'system, destination and messaging.message.id' : 'id, key or conversation';
    return `${this.#store.labelOf(from)} and ${this.#store.labelOf(to)} have the same ${what}${values}.`;
  }

  #hopKey({ kind, from, to }: BrokenHop): string {
    return `${kind}/${from}/${this.#store.labelOf(to)}`;
  }

  #pairUnmatched(unmatched: readonly number[], hops: HopList): void {
    const roots = unmatched.filter((consumer) => this.#beginsATrace(consumer));
    const free = this.senders.filter((sender) => !this.consumed.has(sender));
    const pairs = pairByTime(this.#forest, { senders: free, consumers: roots, limits: this.#limits });
    for (const consumer of roots) {
      const from = pairs.get(consumer);
      if (from === undefined) {
        if (this.#store.kind.at(consumer) === KIND.CONSUMER && this.#forest.entryOf(consumer) === consumer)
          this.withoutSender.push(consumer);
        continue;
      }
      this.consumed.add(from);
      const evidence = [
        `${this.#store.labelOf(from)} went to the same destination shortly before, and nothing took it up.`,
        `${this.#store.labelOf(consumer)} begins a trace and links to nothing.`,
      ];
      const hop: BrokenHop = {
        kind: 'root-consumer',
        certainty: 'likely',
        from,
        to: consumer,
        also: this.#others(consumer),
        evidence,
      };
      hops.add(this.#hopKey(hop), hop);
    }
  }

  #beginsATrace(consumer: number): boolean {
    if (continuesElsewhere(this.#forest, consumer, this.sendAbove)) return false;
    for (const _link of linksAbove(this.#forest, consumer)) return false;
    return true;
  }
}
