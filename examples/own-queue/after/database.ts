import { MongoClient } from 'mongodb';
import type { Message } from './queue.ts';

export const client = new MongoClient(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017');
export const messages = client.db('own_queue_example').collection<Message>('messages');
export const receipts = client.db('own_queue_example').collection('receipts');
