import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idOf, inRequest, tracer, until } from '@beyond-headers/instrumentation-queue-common/testing';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { contextOfMessage } from '../src/index.ts';
import type { GetOptions, Message } from '../src/mongodb-queue.ts';
import { createQueue, database, got, promised, queueOf, tracing, type Database3 } from './support/queue.ts';

const { one } = tracing;
const messageIds = (spans: ReadableSpan[]) =>
  spans.map(({ attributes }) => attributes['messaging.message.id']);

/** For a single attempt only: if all attempts timed out this soon, a slow machine would acknowledge too late. */
const SOON_OVER: GetOptions = { visibility: 0.05 };

function throwAtOnce(): never {
  throw new RangeError('closed');
}

describe('MongoDBQueueInstrumentation', () => {
  it('should make a PRODUCER under the active span', async () => {
    const id = await inRequest(() => queueOf().add({ to: 'ada' }));
    const send = one('send mails');
    assert.equal(send.kind, SpanKind.PRODUCER);
    assert.equal(send.parentSpanContext?.spanId, idOf(one('request')));
    assert.equal(send.instrumentationScope.name, '@beyond-headers/instrumentation-mongodb-queue');
    assert.deepEqual(send.attributes, {
      'messaging.system': 'mongodb_queue',
      'messaging.destination.name': 'mails',
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.message.id': id,
    });
  });

  it('should store the context beside a payload of any type', async () => {
    const queue = queueOf();
    await inRequest(() => queue.add('ada'));
    const [stored] = await database.collection('mails').find().toArray();
    const { traceId, spanId } = one('send mails').spanContext();
    assert.equal(stored?.['payload'], 'ada');
    assert.deepEqual(stored['otelContext'], { traceparent: `00-${traceId}-${spanId}-01` });
    const message = await got(queue);
    assert.deepEqual(Object.keys(message), ['id', 'ack', 'payload', 'tries']);
    await queue.ack(message.ack);
  });

  it('should make a CONSUMER from get to ack', async () => {
    const queue = queueOf();
    const id = await inRequest(() => queue.add({ to: 'ada' }));
    const { message, active } = await queue.get();
    assert.ok(message);
    assert.deepEqual(tracing.named('process mails'), []);
    await queue.ack(message.ack);
    const process = one('process mails');
    assert.equal(active, idOf(process));
    assert.equal(process.kind, SpanKind.CONSUMER);
    assert.equal(process.parentSpanContext?.spanId, idOf(one('send mails')));
    assert.equal(process.status.code, SpanStatusCode.UNSET);
    assert.deepEqual(process.attributes, {
      'messaging.system': 'mongodb_queue',
      'messaging.destination.name': 'mails',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.message.id': id,
      'messaging.mongodb_queue.message.delivery_attempt': 1,
    });
  });

  it('should give the context of a message after await', async () => {
    const queue = queueOf();
    await inRequest(() => queue.add({ to: 'ada' }));
    const message = await got(queue);
    assert.equal(trace.getActiveSpan(), undefined);
    context.with(contextOfMessage(message), () => tracer.startSpan('work').end());
    await queue.ack(message.ack);
    assert.equal(one('work').parentSpanContext?.spanId, idOf(one('process mails')));
  });

  it('should give the callbacks of add and ack the context of their caller', async () => {
    const queue = createQueue(database, 'mails');
    const seen = await inRequest(
      () => new Promise((resolve) => queue.add({}, () => resolve(trace.getActiveSpan()))),
    );
    assert.equal((seen as { name: string }).name, 'request');
  });

  it('should link an attempt to the one that ran out', async () => {
    const queue = queueOf();
    await inRequest(() => queue.add({ to: 'ada' }));
    await got(queue, SOON_OVER);
    const again = await got(queue);
    assert.equal(again.tries, 2);
    await queue.ack(again.ack);
    const [first, second] = tracing.named('process mails');
    assert.equal(first?.status.code, SpanStatusCode.ERROR);
    assert.equal(first.attributes['error.type'], 'VisibilityTimeout');
    assert.equal(second?.attributes['messaging.mongodb_queue.message.delivery_attempt'], 2);
    assert.equal(second.parentSpanContext?.spanId, idOf(one('send mails')));
    assert.deepEqual(
      second.links.map(({ context: { spanId } }) => spanId),
      [idOf(first)],
    );
  });

  it('should go on while pings keep the message hidden', async (t) => {
    const queue = queueOf();
    await inRequest(() => queue.add({ to: 'ada' }));
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const message = await got(queue);
    t.mock.timers.tick(20_000);
    await queue.ping(message.ack);
    t.mock.timers.tick(20_000);
    assert.deepEqual(tracing.named('process mails'), []);
    t.mock.timers.tick(10_000);
    assert.equal(one('process mails').attributes['error.type'], 'VisibilityTimeout');
  });

  it('should create a context for each message of a batch', async () => {
    const queue = queueOf();
    await inRequest(() => queue.add(['ada', 'bob']));
    const creates = tracing.named('create mails');
    const send = one('send mails');
    assert.equal(send.kind, SpanKind.CLIENT);
    assert.equal(send.attributes['messaging.batch.message_count'], 2);
    assert.deepEqual(
      send.links.map(({ context: { spanId } }) => spanId),
      creates.map(idOf),
    );
    for (const payload of ['ada', 'bob']) {
      const message = await got(queue);
      assert.equal(message.payload, payload);
      await queue.ack(message.ack);
    }
    assert.deepEqual(
      tracing.named('process mails').map(({ parentSpanContext }) => parentSpanContext?.spanId),
      creates.map(idOf),
    );
    assert.deepEqual(messageIds(tracing.named('process mails')), messageIds(creates));
  });

  it('should keep a dead letter in the trace of its message', async () => {
    const deadQueue = createQueue(database, 'dead');
    const queue = queueOf({ maxRetries: 1, deadQueue });
    await inRequest(() => queue.add({ to: 'ada' }));
    await got(queue, SOON_OVER);
    await inRequest(() =>
      until('a dead letter', async () => {
        assert.equal((await queue.get()).message, undefined);
        return tracing.named('send dead').length > 0;
      }),
    );
    assert.equal(one('send dead').parentSpanContext?.spanId, idOf(one('send mails')));
    const dead = await got(promised(deadQueue));
    assert.deepEqual((dead.payload as Message).payload, { to: 'ada' });
    await promised(deadQueue).ack(dead.ack);
    assert.equal(one('process dead').parentSpanContext?.spanId, idOf(one('send dead')));
  });

  it('should make no span where there is no message', async () => {
    assert.equal((await queueOf().get()).message, undefined);
    assert.deepEqual(tracing.spans(), []);
  });

  it('should pass errors on and mark their spans', async () => {
    const queue = queueOf();
    await assert.rejects(queue.ack('unknown'), /Unidentified ack/);
    await assert.rejects(queue.add([]), /greater than 0/);
    assert.deepEqual(tracing.spans(), []);
    const broken = {
      toBSON: () => {
        throw new RangeError('no BSON');
      },
    };
    await assert.rejects(
      inRequest(() => queue.add(broken)),
      /no BSON/,
    );
    assert.equal(one('send mails').attributes['error.type'], 'RangeError');
  });

  it('should end its span when the driver throws at once', () => {
    const closed = { collection: () => ({ insertMany: throwAtOnce }) } as unknown as Database3;
    assert.throws(() => createQueue(closed, 'mails').add({}, () => {}), /closed/);
    assert.equal(one('send mails').attributes['error.type'], 'RangeError');
  });
});
