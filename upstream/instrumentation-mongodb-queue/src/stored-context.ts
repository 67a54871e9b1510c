import type { DocumentContext } from '@beyond-headers/propagation';
import type { Collection, Queue, StoredMessage } from './mongodb-queue.ts';

/** Beside the payload, in the message's document: a payload may be of any type, and is the application's own. */
const CONTEXT_FIELD = 'otelContext';

/** Gives a view of a queue whose messages are stored with a context each; `inserted` gets their ids. */
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

/** Gives a view of a queue that reports what a message carries when it is claimed. */
export function claiming(queue: Queue, claimed: (carried: unknown) => void): Queue {
  const findOneAndUpdate: Collection['findOneAndUpdate'] = (query, update, options, done) =>
    queue.col.findOneAndUpdate(query, update, options, (error, result) => {
      if (result?.value) claimed(result.value[CONTEXT_FIELD]);
      done(error, result);
    });
  return Object.create(queue, { col: { value: { findOneAndUpdate } } });
}
