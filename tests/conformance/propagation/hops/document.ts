import { documentCarrier, extractContext, type DocumentContext } from '@beyond-headers/propagation';
import type { ObjectId } from 'mongodb';
import { openDatabase } from '../database.ts';
import { combine, defineOwn, type Hop, type Opening } from './hop.ts';

interface Message {
  _id: ObjectId;
  status: 'pending' | 'processing';
  context?: DocumentContext;
}

/** Opens a hop over subdocuments in a real mongod. They are inserted, and claimed as a poller does. */
async function openDocumentHop(): Promise<Hop<DocumentContext>> {
  const { db, close } = await openDatabase('conformance');
  const messages = db.collection<Message>('messages');
  return {
    carrier: documentCarrier,
    create: () => ({}),
    write: (document, lines) => {
      for (const [field, value] of combine(lines)) defineOwn(document, field, value);
    },
    writeMiscased: (document, value) => {
      document.Traceparent = value;
    },
    async carry(carriers) {
      const claimed: unknown[] = [];
      for (const carried of carriers) {
        await messages.insertOne({ status: 'pending', context: carried } as Message);
        const message = await messages.findOneAndUpdate(
          { status: 'pending' },
          { $set: { status: 'processing' } },
        );
        claimed.push(message?.context);
      }
      return claimed.map((carried) => () => extractContext(carried));
    },
    close,
  };
}

export const opening: Opening = { name: 'document', open: openDocumentHop };
