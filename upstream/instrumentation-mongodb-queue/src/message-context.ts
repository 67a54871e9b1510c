import { context, type Context } from '@opentelemetry/api';
import type { Message } from './mongodb-queue.ts';

const contexts = new WeakMap<object, Context>();

/**
 * Returns the context of an attempt at a message, for `context.with(contextOfMessage(message), work)`. Returns the active context if
 * the message has none.
 *
 * The context is active in the callback of `get`, but not after `await promisify(get)()`, because a promise continues in the context
 * of the code that awaits it.
 */
export function contextOfMessage(message: object): Context {
  return contexts.get(message) ?? context.active();
}

export function noteContext(message: Message, of: Context): void {
  contexts.set(message, of);
}
