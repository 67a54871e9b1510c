import { NO_MESSAGE, OPERATION, type MessageFacts } from '../model/facts.ts';
import type { Forest } from '../model/forest.ts';
import { KIND } from '../model/span-store.ts';

/** The spans that send messages and the spans that receive them. */
export class MessageEnds {
  /** Spans that sent, in the order of the store. */
  readonly senders: number[] = [];
  /** Spans that should continue the trace of a sender, or link to it. */
  readonly consumers: number[] = [];
  /** CONSUMER spans that receive, but name neither a message nor a number of messages. They may have received a message, or none. */
  readonly receivers: number[] = [];
  /** By span: its nearest ancestor that is a sender, or -1. */
  readonly sendAbove: Int32Array;
  readonly forest: Forest;

  /** `apart` has spans to leave out, because their other half is already known. */
  constructor(forest: Forest, apart: ReadonlySet<number>) {
    this.forest = forest;
    for (const [span, facts] of forest.store.messages) {
      if (!forest.isLive(span) || apart.has(span)) continue;
      if (isSender(forest, span, facts)) this.senders.push(span);
      else if (isConsumer(forest, span, facts)) this.consumers.push(span);
      else if (isReceiver(forest, span, facts)) this.receivers.push(span);
    }
    this.sendAbove = sendersAbove(forest, this.senders);
  }

  facts(span: number): MessageFacts {
    const facts = this.forest.store.messages.get(span);
    if (!facts) throw new RangeError(`Failed to look up the message of span ${span}: it has none.`);
    return facts;
  }
}

function isSender({ store }: Forest, span: number, { operation }: MessageFacts): boolean {
  return operation === OPERATION.SEND && store.kind.at(span) !== KIND.CONSUMER;
}

/** If a span receives messages for spans below it, those spans are the consumers. */
function isConsumer(forest: Forest, span: number, { operation, batch, id }: MessageFacts): boolean {
  const kind = forest.store.kind.at(span);
  if (kind === KIND.PRODUCER || kind === KIND.CLIENT) return false;
  if (operation === OPERATION.PROCESS)
    return (
      (kind === KIND.CONSUMER || kind === KIND.INTERNAL || kind === KIND.SERVER) &&
      (namesItself(forest, span) || !namesMessage(forest, forest.parentOf(span)))
    );
  if (kind !== KIND.CONSUMER || operation === OPERATION.SETTLE) return false;
  return (batch > 0 || id !== 0) && !handsOn(forest, span);
}

function isReceiver(forest: Forest, span: number, { operation, batch }: MessageFacts): boolean {
  if (operation !== OPERATION.RECEIVE || batch === NO_MESSAGE) return false;
  return forest.store.kind.at(span) === KIND.CONSUMER && !handsOn(forest, span);
}

/** Reports whether a child takes over: one that processes, or one that receives a part of the batch. */
function handsOn(forest: Forest, span: number): boolean {
  const isNamed = namesMessage(forest, span);
  for (const child of forest.childrenOf(span)) {
    const operation = forest.store.messages.get(child)?.operation;
    if (operation !== OPERATION.PROCESS && operation !== OPERATION.RECEIVE) continue;
    if (!isNamed || namesItself(forest, child)) return true;
  }
  return false;
}

/** Reports whether a span receives one message and names it. A span below that processes the message may then leave out its id. */
function namesMessage({ store }: Forest, span: number): boolean {
  const facts = store.messages.get(span);
  return facts?.operation === OPERATION.RECEIVE && facts.id !== 0 && store.kind.at(span) === KIND.CONSUMER;
}

function namesItself({ store }: Forest, span: number): boolean {
  const { id = 0, batch = 0 } = store.messages.get(span) ?? {};
  return id !== 0 || batch > 0 || store.hasLinks(span);
}

function sendersAbove(forest: Forest, senders: readonly number[]): Int32Array {
  const { size } = forest.store;
  const isSending = new Uint8Array(size);
  for (const sender of senders) isSending[sender] = 1;
  const above = new Int32Array(size).fill(-1);
  for (const span of forest.order) {
    const parent = forest.parentOf(span);
    if (parent >= 0) above[span] = isSending[parent] === 1 ? parent : (above[parent] ?? -1);
  }
  return above;
}
