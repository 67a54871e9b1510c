import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { context, propagation, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { extractContext, StrictTraceContextPropagator } from '@beyond-headers/propagation';
import { extractFromChange, stamped } from '@beyond-headers/propagation/mongodb';
import type { ChangeStreamDocument, Collection, Document } from 'mongodb';
import { openDatabase } from './database.ts';
import { spanIn } from './span-in.ts';

interface Order extends Document {
  _id: string;
}

const FIRST = spanIn('aaaaaaaaaaaaaaaa', 'vendor=1');
const SECOND = spanIn('bbbbbbbbbbbbbbbb', 'vendor=1');
const THIRD = spanIn('cccccccccccccccc');

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new StrictTraceContextPropagator());
const { db, close } = await openDatabase('changes');
after(() => close());

describe('a change event', () => {
  test('leads to the write that caused it, whatever came after', async () => {
    const orders = db.collection<Order>('each-write');
    const events = await changesOf(orders, 'updateLookup', async () => {
      const writer = stamped(orders);
      await context.with(FIRST, () => writer.insertOne({ _id: '1' }));
      await context.with(SECOND, () => writer.updateOne({ _id: '1' }, { $set: { total: 1 } }));
      await context.with(THIRD, () => writer.updateOne({ _id: '1' }, [{ $set: { total: 2 } }]));
      await context.with(FIRST, () => writer.replaceOne({ _id: '1' }, { total: 3 }));
      await context.with(THIRD, () => writer.updateOne({ _id: '1' }, [{ $set: { total: 4 } }]));
    });
    assert.deepEqual(
      events.map((event) => spanOf(extractFromChange(event))),
      [FIRST, SECOND, THIRD, FIRST, THIRD].map(spanOf),
    );
    // Most consumers read the document that is looked up for the second event. By then, it has the context of the last write.
    const [, second] = events;
    assert.ok(second?.operationType === 'update');
    assert.equal(spanOf(extractContext(second.fullDocument?.['context'])), spanOf(THIRD));
  });

  test('keeps the tracestate of a pipeline that changed the parent alone', async () => {
    const orders = db.collection<Order>('parts');
    const events = await changesOf(orders, 'updateLookup', async () => {
      const writer = stamped(orders);
      // Large enough that the server records only the changed fields, not the whole document.
      await context.with(FIRST, () => writer.insertOne({ _id: '1', filling: 'x'.repeat(2_000) }));
      await context.with(SECOND, () => writer.updateOne({ _id: '1' }, [{ $set: { total: 2 } }]));
    });
    const update = events[1];
    assert.ok(update?.operationType === 'update');
    assert.deepEqual(Object.keys(update.updateDescription.updatedFields ?? {}).toSorted(), [
      'context.traceparent',
      'total',
    ]);
    const found = trace.getSpanContext(extractFromChange(update));
    assert.equal(found?.spanId, 'bbbbbbbbbbbbbbbb');
    assert.equal(found.traceState?.get('vendor'), '1');
  });

  test('says nothing of a write without context', async () => {
    const orders = db.collection<Order>('without');
    const events = await changesOf(orders, 'updateLookup', async () => {
      await context.with(FIRST, () => stamped(orders).insertOne({ _id: '1' }));
      await context.with(ROOT_CONTEXT, () => stamped(orders).updateOne({ _id: '1' }, { $set: { total: 1 } }));
      await orders.updateOne({ _id: '1' }, { $set: { total: 2 } });
      await orders.deleteOne({ _id: '1' });
    });
    assert.deepEqual(
      events.map((event) => event.operationType),
      ['insert', 'update', 'update', 'delete'],
    );
    for (const event of events.slice(1)) assert.equal(extractFromChange(event), ROOT_CONTEXT);
  });

  test('says it of two writes under one span, with post-images', async () => {
    const orders = await db.createCollection<Order>('post-images', {
      changeStreamPreAndPostImages: { enabled: true },
    });
    const events = await changesOf(orders, 'required', async () => {
      const writer = stamped(orders);
      await context.with(FIRST, async () => {
        await writer.insertOne({ _id: '1' });
        await writer.updateOne({ _id: '1' }, { $set: { total: 1 } });
      });
      await context.with(SECOND, () => writer.updateOne({ _id: '1' }, { $set: { total: 2 } }));
    });
    assert.equal(extractFromChange(events[1] as ChangeStreamDocument), ROOT_CONTEXT);
    assert.deepEqual(
      events.map((event) => spanOf(extractFromChange(event, { postImages: true }))),
      [FIRST, FIRST, SECOND].map(spanOf),
    );
  });

  test('is read with what it has', () => {
    const HOSTILE: object[] = [
      { operationType: 'update' },
      { operationType: 'update', updateDescription: { updatedFields: { context: 'text' } } },
      { operationType: 'update', updateDescription: { updatedFields: { 'context.traceparent': 7 } } },
      { operationType: 'insert', fullDocument: null },
      { operationType: 'insert', fullDocument: { context: [1] } },
      { operationType: 'invalidate' },
      {},
    ];
    for (const event of HOSTILE) assert.equal(extractFromChange(event as ChangeStreamDocument), ROOT_CONTEXT);
  });
});

/** Returns the change events of some writes. They are read after the last write, so that lookups find the newest document. */
async function changesOf(
  orders: Collection<Order>,
  fullDocument: 'updateLookup' | 'required',
  write: () => Promise<void>,
): Promise<ChangeStreamDocument<Order>[]> {
  const stream = orders.watch([], { fullDocument });
  const events: ChangeStreamDocument<Order>[] = [];
  try {
    await stream.tryNext();
    await write();
    await orders.insertOne({ _id: 'the last one' });
    for await (const event of stream) {
      if (event.operationType === 'insert' && event.documentKey._id === 'the last one') break;
      events.push(event);
    }
    return events;
  } finally {
    await stream.close();
  }
}

function spanOf(source: Context): string | undefined {
  return trace.getSpanContext(source)?.spanId;
}
