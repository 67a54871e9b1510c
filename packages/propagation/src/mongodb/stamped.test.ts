import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stamped, type WritableCollection } from './stamped.ts';

const context = { traceparent: 'now' };
const options = { writeConcern: { w: 1 } };

class Recorder {
  readonly calls: unknown[][] = [];
  readonly name = 'orders';

  insertOne = (...args: unknown[]) => this.#record('insertOne', args, args[0] as object);
  insertMany = (...args: unknown[]) => this.#record('insertMany', args, ...(args[0] as object[]));
  updateOne = (...args: unknown[]) => this.#record('updateOne', args);
  updateMany = (...args: unknown[]) => this.#record('updateMany', args);
  replaceOne = (...args: unknown[]) => this.#record('replaceOne', args);
  findOneAndUpdate = (...args: unknown[]) => this.#record('findOneAndUpdate', args);
  findOneAndReplace = (...args: unknown[]) => this.#record('findOneAndReplace', args);
  bulkWrite = (...args: never[]) => this.#record('bulkWrite', args);
  aggregate = (...args: unknown[]) => this.#record('aggregate', args);

  async rename(name: string): Promise<Recorder> {
    this.calls.push(['rename', name]);
    return this;
  }

  nameOfThis(): string {
    return this.name;
  }

  async #record(name: string, args: unknown[], ...inserted: object[]): Promise<string> {
    this.calls.push([name, ...args]);
    inserted.forEach((document, index) => Object.assign(document, { _id: index }));
    if (args.includes('fail')) throw new Error('refused');
    return `result of ${name}`;
  }
}

interface Loose extends WritableCollection {
  insertOne(document: unknown, ...rest: unknown[]): Promise<unknown>;
  insertMany(documents: unknown, ...rest: unknown[]): Promise<unknown>;
  updateOne(filter: unknown, update: unknown, ...rest: unknown[]): Promise<unknown>;
  updateMany(filter: unknown, update: unknown, ...rest: unknown[]): Promise<unknown>;
  replaceOne(filter: unknown, replacement: unknown, ...rest: unknown[]): Promise<unknown>;
  findOneAndUpdate(filter: unknown, update: unknown, ...rest: unknown[]): Promise<unknown>;
  findOneAndReplace(filter: unknown, replacement: unknown, ...rest: unknown[]): Promise<unknown>;
  bulkWrite(operations: unknown, ...rest: unknown[]): Promise<unknown>;
  aggregate(...rest: unknown[]): unknown;
}

function record() {
  const recorder = new Recorder();
  return { recorder, orders: stamped<Loose>(recorder, { capture: () => context }) };
}

test('each write passes its other arguments and result', async () => {
  const { recorder, orders } = record();
  const $set = { $set: { context } };
  const results = [
    await orders.insertOne({}, options),
    await orders.insertMany([{}, {}], options),
    await orders.updateOne({ _id: 1 }, { $set: {} }, options),
    await orders.updateMany({ _id: 2 }, { $set: {} }, options),
    await orders.replaceOne({ _id: 3 }, {}, options),
    await orders.findOneAndUpdate({ _id: 4 }, { $set: {} }, options),
    await orders.findOneAndReplace({ _id: 5 }, {}, options),
    await orders.bulkWrite([{ insertOne: { document: {} } }], options),
    await orders.aggregate([{ $match: {} }], options),
  ];
  assert.deepEqual(recorder.calls, [
    ['insertOne', { _id: 0, context }, options],
    [
      'insertMany',
      [
        { _id: 0, context },
        { _id: 1, context },
      ],
      options,
    ],
    ['updateOne', { _id: 1 }, $set, options],
    ['updateMany', { _id: 2 }, $set, options],
    ['replaceOne', { _id: 3 }, { context }, options],
    ['findOneAndUpdate', { _id: 4 }, $set, options],
    ['findOneAndReplace', { _id: 5 }, { context }, options],
    ['bulkWrite', [{ insertOne: { document: { context } } }], options],
    ['aggregate', [{ $match: {} }], options],
  ]);
  assert.deepEqual(
    results,
    recorder.calls.map(([name]) => `result of ${name as string}`),
  );
});

test('documents get their ids, also when the write fails', async () => {
  const { orders } = record();
  const [first, second, third] = [{}, {}, {}];
  await orders.insertOne(first);
  assert.deepEqual(first, { _id: 0 });
  await assert.rejects(orders.insertMany([second, third], 'fail'), /refused/);
  assert.deepEqual([second, third], [{ _id: 0 }, { _id: 1 }]);
});

test('the documents of one write share their stamp', async () => {
  let taken = 0;
  const recorder = new Recorder();
  const orders = stamped<Loose>(recorder, { capture: () => ({ traceparent: `${++taken}` }) });
  await orders.insertMany([{}, {}]);
  await orders.bulkWrite([{ insertOne: { document: {} } }, { insertOne: { document: {} } }]);
  assert.equal(taken, 2);
});

test('everything else is the collection itself', () => {
  const orders = stamped(new Recorder() as unknown as Loose & Recorder);
  assert.equal(orders.name, 'orders');
  // The method is called without its object, like a driver's callback.
  const { nameOfThis } = orders;
  assert.equal(nameOfThis(), 'orders');
  assert.equal(Reflect.get(orders, Symbol.iterator), undefined);
});

test('a list that is not one is refused', async () => {
  const { recorder, orders } = record();
  for (const write of [orders.insertMany('text'), orders.bulkWrite('text')]) {
    await assert.rejects(write, {
      name: 'TypeError',
      message: 'Failed to stamp a write: got string. Expected an array.',
    });
  }
  assert.deepEqual(recorder.calls, []);
});

test('what cannot be stamped is named', () => {
  const { recorder, orders } = record();
  const builders = orders as unknown as Record<string, () => void>;
  const refused: [string, () => void][] = [
    ['initializeOrderedBulkOp', () => builders['initializeOrderedBulkOp']?.()],
    ['initializeUnorderedBulkOp', () => builders['initializeUnorderedBulkOp']?.()],
    ['aggregate with $out', () => orders.aggregate([{ $match: {} }, { $out: 'orders' }])],
    ['aggregate with $merge', () => orders.aggregate([null, { $merge: 'orders' }])],
  ];
  for (const [name, write] of refused) {
    assert.throws(write, {
      name: 'TypeError',
      message:
        `Failed to stamp ${name}: its documents aren't accessible. ` +
        "Use bulkWrite or insertMany, or the original collection if you don't want a context.",
    });
  }
  assert.deepEqual(recorder.calls, []);
});

test('a pipeline that is none is for the driver to refuse', () => {
  const { recorder, orders } = record();
  orders.aggregate('text');
  orders.aggregate();
  assert.deepEqual(recorder.calls, [
    ['aggregate', 'text'],
    ['aggregate', undefined],
  ]);
});

class Refusing extends Recorder {
  override bulkWrite = async (operations: Array<{ insertOne?: { document: object } }>): Promise<never> => {
    operations.forEach(({ insertOne }, _id) => insertOne && Object.assign(insertOne.document, { _id }));
    throw new Error('refused');
  };
}

test('documents of a bulkWrite get their ids, too', async () => {
  const [first, second] = [{}, {}];
  const orders = stamped<Loose>(new Refusing());
  const operations = [{ insertOne: { document: first } }, { deleteOne: {} }, { insertOne: second }];
  await assert.rejects(orders.bulkWrite(operations), /refused/);
  assert.deepEqual([first, second], [{ _id: 0 }, { _id: 2 }]);
});

class Cursor {
  readonly stages: unknown[] = [];
  addStage(stage: object): this {
    this.stages.push(stage);
    return this;
  }
  clone(): Cursor {
    return new Cursor();
  }
  out(name: string): this {
    return this.addStage({ $out: name });
  }
}
class WithCursor extends Recorder {
  override aggregate = (): never => new Cursor() as never;
}

test('a cursor takes no stage that writes', () => {
  const cursor = stamped<Loose>(new WithCursor()).aggregate() as Cursor;
  assert.equal(cursor.addStage({ $match: {} }), cursor);
  assert.throws(() => cursor.out('orders'), /Failed to stamp aggregate with \$out/);
  assert.throws(() => cursor.addStage({ $merge: 'orders' }), /Failed to stamp aggregate with \$merge/);
  assert.deepEqual(cursor.stages, [{ $match: {} }]);
  for (const copy of [cursor.clone(), cursor.clone().clone()])
    assert.throws(() => copy.out('orders'), /Failed to stamp aggregate with \$out/);
});

test('a renamed collection is stamped as well', async () => {
  const recorder = new Recorder();
  const renamed = await stamped(recorder, { capture: () => context }).rename('sales');
  await renamed.insertOne({});
  assert.deepEqual(recorder.calls, [
    ['rename', 'sales'],
    ['insertOne', { _id: 0, context }],
  ]);
});

test('a rename that gives no collection gives what it gave', async () => {
  const silent = Object.assign(new Recorder(), { rename: async (name: string) => `renamed to ${name}` });
  assert.equal(await stamped<Loose & typeof silent>(silent).rename('sales'), 'renamed to sales');
});

test('a collection without a rename gets none', () => {
  const { ...withoutMethods } = new Recorder();
  assert.equal(Reflect.get(stamped(withoutMethods), 'rename'), undefined);
});
