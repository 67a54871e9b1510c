import type { DocumentContext } from '@beyond-headers/propagation';
import { MongoClient } from 'mongodb';

/** A person who signed up, and is to be greeted once. */
export interface SignUp {
  email: string;
  status: 'new' | 'claimed' | 'greeted';
  context?: DocumentContext;
}

const uri = process.env['MONGODB_URI'];
if (!uri) throw new Error('MONGODB_URI is not set. Expected the address of a MongoDB.');

export const mongo = new MongoClient(uri);
export const signUps = mongo.db('tutorial').collection<SignUp>('sign_ups');
