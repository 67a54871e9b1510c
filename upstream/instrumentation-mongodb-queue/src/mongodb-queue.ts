// The parts of mongodb-queue 4 and driver 3 that the instrumentation uses, typed from their sources, because neither has types.

export type Callback<T> = (error: Error | null | undefined, result?: T) => void;

/** The message that `get` passes to its callback. */
export interface Message {
  id: string;
  ack: string;
  payload: unknown;
  tries: number;
}

/** A message as stored in the collection. */
export interface StoredMessage {
  visible: string;
  payload: unknown;
  [field: string]: unknown;
}

export interface Collection {
  insertMany(
    messages: StoredMessage[],
    done: Callback<{ insertedIds: Record<number, unknown>; ops: unknown[] }>,
  ): void;
  findOneAndUpdate(
    query: object,
    update: object,
    options: object,
    done: Callback<{ value: StoredMessage | null }>,
  ): void;
}

export interface GetOptions {
  /** In seconds. */
  visibility?: number;
}

export interface Queue {
  readonly name: string;
  readonly col: Collection;
  /** How long a delivered message stays hidden from other consumers, in seconds. */
  readonly visibility: number;
  readonly deadQueue?: Queue;
  add(payload: unknown, ...rest: [Callback<string>] | [object, Callback<string>]): void;
  get(...args: [Callback<Message>] | [GetOptions, Callback<Message>]): void;
  ping(token: string, ...rest: [Callback<string>] | [GetOptions, Callback<string>]): void;
  ack(token: string, done: Callback<string>): void;
}

/** The module: with CommonJS the function itself, with ESM an object with the function as its default export. */
export type Exports = CreateQueue | { default: CreateQueue };
type CreateQueue = (database: { collection(name: string): unknown }, name: string) => Queue;

/** Returns the prototype that all queues share. The module doesn't export its class, so this creates a queue on a stub of a database. */
export function queuePrototype(exports: Exports): Queue {
  const createQueue = typeof exports === 'function' ? exports : exports.default;
  return Object.getPrototypeOf(createQueue({ collection: () => ({}) }, 'prototype'));
}
