import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { StrictTraceContextPropagator, type DocumentContext } from '@beyond-headers/propagation';
import { stamped, type Stamped } from '@beyond-headers/propagation/mongodb';
import type { Collection, ObjectId } from 'mongodb';
import { openDatabase } from './database.ts';
import { spanIn, traceparentOf } from './span-in.ts';

/** A document that has no `_id` until the driver generates one. */
interface Loose {
  _id?: ObjectId;
}

interface Order {
  _id: string;
  total?: number;
  note?: string;
  context?: DocumentContext;
}

const A = spanIn('aaaaaaaaaaaaaaaa');
const B = spanIn('bbbbbbbbbbbbbbbb', 'vendor=$total');
const STAMP_A = { traceparent: traceparentOf('aaaaaaaaaaaaaaaa') };
const STAMP_B = { traceparent: traceparentOf('bbbbbbbbbbbbbbbb'), tracestate: 'vendor=$total' };

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new StrictTraceContextPropagator());
const { client, db, close } = await openDatabase('stamped');
const bare = db.collection<Order>('orders');
const orders = stamped(bare);
beforeEach(() => bare.deleteMany({}));
after(() => close());

type Write = (collection: Stamped<Collection<Order>>) => Promise<unknown>;

/** Each write finds or creates the order `1`. */
const WRITES: Record<string, Write> = {
  'updateOne with operators': (c) => c.updateOne({ _id: '1' }, { $set: { total: 2 }, $unset: { note: '' } }),
  'updateOne that upserts': (c) => c.updateOne({ _id: '1' }, { $inc: { total: 1 } }, { upsert: true }),
  'updateOne with a pipeline': (c) =>
    c.updateOne({ _id: '1' }, [{ $set: { total: { $add: ['$total', 1] } } }]),
  'a pipeline that replaces the document': (c) =>
    c.updateOne({ _id: '1' }, [{ $replaceWith: { _id: '$_id', total: 7 } }]),
  updateMany: (c) => c.updateMany({ total: 1 }, { $set: { total: 2 } }),
  replaceOne: (c) => c.replaceOne({ _id: '1' }, { total: 2 }),
  findOneAndUpdate: (c) => c.findOneAndUpdate({ _id: '1' }, { $set: { total: 2 } }),
  findOneAndReplace: (c) => c.findOneAndReplace({ _id: '1' }, { total: 2 }),
  'bulkWrite with updateOne': (c) =>
    c.bulkWrite([{ updateOne: { filter: { _id: '1' }, update: { $inc: { total: 1 } } } }], {
      ordered: false,
    }),
  'bulkWrite with updateMany': (c) =>
    c.bulkWrite([{ updateMany: { filter: { total: 1 }, update: [{ $set: { total: 2 } }] } }]),
  'bulkWrite with replaceOne': (c) =>
    c.bulkWrite([{ replaceOne: { filter: { _id: '1' }, replacement: { total: 2 } } }]),
  'a write that sets the field itself': (c) =>
    c.updateOne(
      { _id: '1' },
      { $set: { 'context.traceparent': 'mine' }, $setOnInsert: { context: { traceparent: 'mine' } } },
    ),
  'a write that unsets the field': (c) => c.updateOne({ _id: '1' }, { $unset: { context: '' } }),
};

describe('a stamped collection', () => {
  for (const [name, write] of Object.entries(WRITES)) {
    test(`replaces the whole context in ${name}`, async () => {
      await bare.insertOne({ _id: '1', total: 1, context: STAMP_B });
      await context.with(A, () => write(orders));
      assert.deepEqual(await contextOf('1'), STAMP_A);
      await context.with(B, () => write(orders));
      // After the first write, the filter of updateMany finds nothing.
      if (!name.includes('Many')) assert.deepEqual(await contextOf('1'), STAMP_B);
    });

    test(`takes the context out in ${name}, where none is active`, async () => {
      await bare.insertOne({ _id: '1', total: 1, context: STAMP_B });
      await context.with(ROOT_CONTEXT, () => write(orders));
      assert.equal(await contextOf('1'), undefined);
    });
  }

  test('stamps what is inserted, one by one and many', async () => {
    await context.with(A, async () => {
      await orders.insertOne({ _id: '1' });
      await orders.insertMany([{ _id: '2' }, { _id: '3', context: STAMP_B }], { ordered: false });
      await orders.bulkWrite([
        { insertOne: { document: { _id: '4' } } },
        { deleteOne: { filter: { _id: '2' } } },
      ]);
      await orders.updateOne({ _id: '5' }, { $setOnInsert: { total: 1 } }, { upsert: true });
    });
    for (const id of ['1', '3', '4', '5']) assert.deepEqual(await contextOf(id), STAMP_A, id);
    assert.equal(await bare.countDocuments(), 4);
  });

  test('inserts a copied document without its old context', async () => {
    await context.with(ROOT_CONTEXT, () => orders.insertOne({ _id: '1', context: STAMP_B }));
    assert.deepEqual(await bare.findOne({ _id: '1' }), { _id: '1' });
  });

  test('leaves the document of the caller alone', async () => {
    const document = Object.freeze({ _id: '1', total: 1, context: STAMP_B });
    const update = Object.freeze({ $set: Object.freeze({ total: 2 }) });
    await context.with(A, async () => {
      await orders.insertOne(document);
      await orders.updateOne({ _id: '1' }, update);
    });
    assert.deepEqual(document.context, STAMP_B);
    assert.deepEqual(update, { $set: { total: 2 } });
  });

  test('gives the id that the driver made, also after a failure', async () => {
    const loose = stamped(db.collection<Loose>('loose'));
    const [first, second, refused]: Loose[] = [{}, {}, {}];
    const { insertedId } = await loose.insertOne(first ?? {});
    assert.equal(first?._id, insertedId);
    await loose.insertMany([second ?? {}]);
    assert.ok(second?._id);
    await assert.rejects(loose.insertOne(refused ?? {}, { writeConcern: { w: 50 } }));
    assert.ok(refused?._id);
  });

  test('keeps what BSON takes: maps, instances, toBSON', async () => {
    class Placed {
      readonly _id: string;
      readonly total = 1;
      constructor(id: string) {
        this._id = id;
      }
    }
    const stored = { toBSON: () => ({ _id: '3', total: 3 }) };
    await context.with(A, () =>
      orders.insertMany([new Placed('1'), new Map([['_id', '2']]), stored] as unknown as Order[]),
    );
    for (const id of ['1', '2', '3']) assert.deepEqual(await contextOf(id), STAMP_A, id);
    assert.equal((await bare.findOne({ _id: '3' }))?.total, 3);
  });

  test('writes in the session of the caller', async () => {
    const session = client.startSession();
    await assert.rejects(
      session.withTransaction(async () => {
        await context.with(A, () => orders.insertOne({ _id: '1' }, { session }));
        assert.deepEqual((await bare.findOne({ _id: '1' }, { session }))?.context, STAMP_A);
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    await session.endSession();
    assert.equal(await bare.countDocuments(), 0);
  });

  test('stamps another field, and what it is given', async () => {
    const own = { traceparent: 'of my own' };
    const mine = stamped(bare, { field: 'sentBy', capture: () => own });
    await mine.insertOne({ _id: '1', context: STAMP_B });
    const found: Record<string, unknown> | null = await bare.findOne({ _id: '1' });
    assert.deepEqual(found, { _id: '1', context: STAMP_B, sentBy: own });
  });

  test('reads, deletes and describes itself as before', async () => {
    await bare.insertOne({ _id: '1', total: 1 });
    assert.equal((await orders.findOne({ _id: '1' }))?.total, 1);
    assert.deepEqual(await orders.aggregate([{ $match: { total: 1 } }, { $count: 'n' }]).toArray(), [
      { n: 1 },
    ]);
    assert.equal(orders.collectionName, 'orders');
    await orders.deleteOne({ _id: '1' });
    assert.equal(await bare.countDocuments(), 0);
  });

  test('is stamped after a rename', async () => {
    const old = db.collection<Order>('old');
    await old.insertOne({ _id: '1' });
    const renamed = await stamped(old).rename('new', { dropTarget: true });
    // @ts-expect-error a stamped collection has none
    assert.throws(() => renamed.initializeOrderedBulkOp() as unknown, TypeError);
    await context.with(A, () => renamed.updateOne({ _id: '1' }, { $set: { total: 1 } }));
    assert.deepEqual(await db.collection<Order>('new').findOne(), { _id: '1', total: 1, context: STAMP_A });
  });
});

describe('a stamped collection refuses', () => {
  const REFUSED: Record<string, Write> = {
    '$rename of the field': (c) => c.updateOne({}, { $rename: { context: 'old' } }),
    '$rename to the field': (c) => c.updateOne({}, { $rename: { note: 'context' } }),
    '$push into the field': (c) => c.updateOne({}, { $push: { 'context.list': 1 } }),
    'a bulk operation that it does not know': (c) => c.bulkWrite([{ upsertOne: {} } as never]),
    'raw BSON': (c) => c.insertOne(Buffer.from([5, 0, 0, 0, 0]) as never),
    'what is not a document': (c) => c.insertMany([null as never]),
  };
  for (const [name, write] of Object.entries(REFUSED)) {
    test(name, async () => {
      await assert.rejects(
        write(orders),
        (error) => error instanceof TypeError && /^Failed to stamp .+\. /s.test(error.message),
      );
      assert.equal(await bare.countDocuments(), 0);
    });
  }

  test('bulk builders, by type and at run time', () => {
    // @ts-expect-error a stamped collection has none
    assert.throws(() => orders.initializeOrderedBulkOp() as unknown, TypeError);
    // @ts-expect-error a stamped collection has none
    assert.throws(() => orders.initializeUnorderedBulkOp() as unknown, TypeError);
  });

  test('pipelines that write', () => {
    assert.throws(() => orders.aggregate([{ $match: {} }, { $out: 'orders' }]), /aggregate with \$out/);
    assert.throws(() => orders.aggregate([{ $merge: { into: 'orders' } }]), /aggregate with \$merge/);
  });

  test('a name that cannot be a field', () => {
    for (const field of ['', 'a.b', '$context', '_id'])
      assert.throws(() => stamped(bare, { field }), TypeError);
  });

  test('nothing that the driver itself refuses in another way', async () => {
    await assert.rejects(orders.updateOne({}, { total: 1 }), /atomic operators/);
    await assert.rejects(orders.replaceOne({}, { $set: { total: 1 } } as never), /atomic operators/);
  });
});

async function contextOf(id: string): Promise<DocumentContext | undefined> {
  const found = await bare.findOne({ _id: id });
  assert.ok(found, `the order ${id} is there`);
  return found.context;
}
