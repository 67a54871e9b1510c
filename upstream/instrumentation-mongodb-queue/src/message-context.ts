import { context, type Context } from '@opentelemetry/api';
import type { Message } from './mongodb-queue.ts';

const contexts = new WeakMap<object, Context>();

/**
 * Gives the context of the attempt at a message, for `context.with(contextOfMessage(message), work)`; the active one where there is none.
 *
 * It is active in the callback of `get`. After `await promisify(get)()` it is not: a promise continues in the context of who awaits it.
 */
export function contextOfMessage(message: object): Context {
  return contexts.get(message) ?? context.active();
}

export function noteContext(message: Message, of: Context): void {
  contexts.set(message, of);
}
