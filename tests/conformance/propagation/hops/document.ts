import { documentCarrier, extractContext } from '@beyond-headers/propagation';
import { openDatabase } from '../database.ts';
import { anyObject, inTurn, type Opening } from './hop.ts';

interface Message {
  status: 'pending' | 'processing';
  context: Record<string, unknown>;
}

/** A hop over subdocuments in a real mongod. They are inserted, and claimed as a poller does. */
export const opening: Opening<Message['context']> = {
  name: 'document',
  async open() {
    const { db, close } = await openDatabase('conformance');
    const messages = db.collection<Message>('messages');
    const send = async (context: Message['context']) => {
      await messages.insertOne({ status: 'pending', context });
      return messages.findOneAndUpdate({ status: 'pending' }, { $set: { status: 'processing' } });
    };
    return {
      ...anyObject,
      carrier: documentCarrier,
      carry: (carriers) => inTurn(carriers, send, (message) => extractContext(message?.context)),
      close,
    };
  },
};
