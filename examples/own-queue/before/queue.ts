import type { Collection, ObjectId } from 'mongodb';

export interface Message {
  _id?: ObjectId;
  orderId: string;
  lockedUntil: Date;
  doneAt?: Date;
}

const LOCK_MS = 30_000;

export async function send(queue: Collection<Message>, orderId: string): Promise<void> {
  await queue.insertOne({ orderId, lockedUntil: new Date(0) });
}

/** Takes one message and handles it. Returns false if there is none. */
export async function receive(
  queue: Collection<Message>,
  handle: (orderId: string) => Promise<void>,
): Promise<boolean> {
  const free = { doneAt: { $exists: false }, lockedUntil: { $lte: new Date() } };
  const lockedUntil = new Date(Date.now() + LOCK_MS);
  const message = await queue.findOneAndUpdate(free, { $set: { lockedUntil } });
  if (!message) return false;
  await handle(message.orderId);
  await queue.updateOne({ _id: message._id }, { $set: { doneAt: new Date() } });
  return true;
}
