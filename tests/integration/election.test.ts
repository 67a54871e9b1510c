import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MongoClient } from 'mongodb';
import { electedOf } from '../../docker/mongo/election.ts';

const ME = 'mongo:27017';
const OTHER = 'mongo-1:27017';

/* The responses of a real member during its start, in order. The real states are too short for a test to observe. */
for (const [what, hello, expected] of [
  ['before there is a set', { isWritablePrimary: false, secondary: false }, undefined],
  ['while no one is elected', { isWritablePrimary: false, secondary: true, me: ME }, undefined],
  [
    'once elected, before it takes writes',
    { isWritablePrimary: false, secondary: true, primary: ME, me: ME },
    undefined,
  ],
  [
    'as the primary',
    { isWritablePrimary: true, secondary: false, primary: ME, me: ME },
    { isPrimary: true, primary: ME },
  ],
  [
    'as a secondary of another',
    { isWritablePrimary: false, secondary: true, primary: OTHER, me: ME },
    { isPrimary: false, primary: OTHER },
  ],
] as const) {
  test(`a member ${what}`, async () => {
    const client = { db: () => ({ command: async () => hello }) } as unknown as MongoClient;
    assert.deepEqual(await electedOf(client), expected);
  });
}
