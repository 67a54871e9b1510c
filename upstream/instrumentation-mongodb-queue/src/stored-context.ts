import type { DocumentContext } from '@beyond-headers/propagation';
import type { Collection, Queue, StoredMessage } from './mongodb-queue.ts';

/** A field beside the payload in the message's document, because a payload can be of any type and belongs to the application. */
const CONTEXT_FIELD = 'otelContext';

/** Returns a view of a queue that stores each message with a context. Calls `inserted` with the ids of the messages. */
export function storing(
  queue: Queue,
  contexts: ReadonlyArray<DocumentContext | undefined>,
  inserted: (ids: Record<number, unknown>) => void,
): Queue {
  const insertMany: Collection['insertMany'] = (messages, done) =>
    queue.col.insertMany(
      messages.map((message, index) => withContext(message, contexts[index])),
      (error, result) => {
        if (result) inserted(result.insertedIds);
        done(error, result);
      },
    );
  return Object.create(queue, { col: { value: { insertMany } } });
}

function withContext(message: StoredMessage, carried: DocumentContext | undefined): StoredMessage {
  return carried ? { ...message, [CONTEXT_FIELD]: carried } : message;
}

/** Returns a view of a queue that passes the carried value of each claimed message to `claimed`. */
export function claiming(queue: Queue, claimed: (carried: unknown) => void): Queue {
  const findOneAndUpdate: Collection['findOneAndUpdate'] = (query, update, options, done) =>
    queue.col.findOneAndUpdate(query, update, options, (error, result) => {
      if (result?.value) claimed(result.value[CONTEXT_FIELD]);
      done(error, result);
    });
  return Object.create(queue, { col: { value: { findOneAndUpdate } } });
}
