// What is used of mongodb-queue 4 and of driver 3, as seen in their sources: neither has types of its own.

export type Callback<T> = (error: Error | null | undefined, result?: T) => void;

/** What `get` gives. */
export interface Message {
  id: string;
  ack: string;
  payload: unknown;
  tries: number;
}

/** A message as it is stored. */
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
  /** In seconds: how long a message that was given out is hidden from others. */
  readonly visibility: number;
  readonly deadQueue?: Queue;
  add(payload: unknown, ...rest: [Callback<string>] | [object, Callback<string>]): void;
  get(...args: [Callback<Message>] | [GetOptions, Callback<Message>]): void;
  ping(token: string, ...rest: [Callback<string>] | [GetOptions, Callback<string>]): void;
  ack(token: string, done: Callback<string>): void;
}

/** The module: CommonJS gives the function itself, ES modules give it as their default. */
export type Exports = CreateQueue | { default: CreateQueue };
type CreateQueue = (database: { collection(name: string): unknown }, name: string) => Queue;

/** Gives the prototype that all queues share. The module does not export its class, so this makes a queue on a database of nothing. */
export function queuePrototype(exports: Exports): Queue {
  const createQueue = typeof exports === 'function' ? exports : exports.default;
  return Object.getPrototypeOf(createQueue({ collection: () => ({}) }, 'prototype'));
}
