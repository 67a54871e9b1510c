import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { isMongoUnavailable, openMongo, type Mongo } from '@beyond-headers/service-kit/mongo';
import type { Collection } from 'mongodb';
import { until } from '../support/until.ts';

/** The time limit that service-kit promises. `SLACK_MS` is the delay on a busy machine. */
const BOUND_MS = 1_500;
const SLACK_MS = 400;

let mongod: Mongod;
let mongo: Mongo;
let things: Collection;
before(async () => {
  mongod = await startMongod();
  mongo = openMongo(mongod.uri, 'bounds', 'test');
  things = mongo.db.collection('things');
  await things.insertOne({ n: 1 });
});
after(async () => {
  await mongo.close();
  await mongod.close();
});

const SET = { $set: { n: 2 } };
const OPERATIONS: Record<string, () => Promise<unknown>> = {
  find: () => things.find().toArray(),
  findOneAndUpdate: () => things.findOneAndUpdate({}, SET),
  insertOne: () => things.insertOne({ n: 1 }),
  updateOne: () => things.updateOne({}, SET),
  updateMany: () => things.updateMany({}, SET),
  deleteMany: () => things.deleteMany({ n: 3 }),
  'bulkWrite of one': () => things.bulkWrite([{ updateOne: { filter: {}, update: SET } }]),
  'bulkWrite of many': () => things.bulkWrite([{ updateMany: { filter: {}, update: SET } }]),
  aggregate: () => things.aggregate([{ $match: {} }]).toArray(),
  countDocuments: () => things.countDocuments(),
  createIndex: () => things.createIndex({ n: 1 }),
  ping: () => mongo.ping(),
};

/** Expects each operation to fail, and returns how long each took. */
async function failAll(): Promise<Record<string, number>> {
  const durations = Object.entries(OPERATIONS).map(async ([name, run]) => {
    const startedAt = performance.now();
    await assert.rejects(run, isMongoUnavailable, name);
    return [name, performance.now() - startedAt] as const;
  });
  return Object.fromEntries(await Promise.all(durations));
}

const answers = () =>
  mongo.ping().then(
    () => true,
    () => false,
  );

test('a frozen server holds no operation longer than promised', { timeout: 60_000 }, async () => {
  // Round 1 has connections in the pool, in round 2 the driver detects the failure, and in round 3 it knows.
  for (let round = 1; round <= 3; round++) {
    if (round === 1) {
      await Promise.all(Object.values(OPERATIONS).map((run) => run()));
      await mongod.freeze();
    }
    const slow = Object.entries(await failAll()).filter(([, ms]) => ms > BOUND_MS + SLACK_MS);
    assert.deepEqual(slow, [], `round ${round}`);
  }
  mongod.thaw();
  await until(answers, Boolean, { what: 'an answer after the thaw' });
});

test('a client of a Job outlives a freeze that a service reports', { timeout: 60_000 }, async () => {
  const patient = openMongo(mongod.uri, 'bounds', 'patient', 10_000);
  await mongod.freeze();
  const found = patient.db.collection('things').countDocuments();
  await assert.rejects(mongo.ping(), isMongoUnavailable);
  mongod.thaw();
  assert.ok((await found) > 0);
  await patient.close();
});
