import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorsDuring, idOf, inRequest } from '@beyond-headers/instrumentation-queue-common/testing';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  database,
  got,
  instrumentation,
  MODULE,
  promised,
  queueOf,
  tracing,
  type CreateQueue,
} from './support/queue.ts';

const { one } = tracing;

describe('The configuration of MongoDBQueueInstrumentation', () => {
  it('should take the shape from the configuration', async () => {
    instrumentation.setConfig({ shape: 'link' });
    const queue = queueOf();
    await inRequest(() => queue.add({ to: 'ada' }));
    await queue.ack((await got(queue)).ack);
    const process = one('process mails');
    assert.equal(process.parentSpanContext, undefined);
    assert.equal(process.links[0]?.context.spanId, idOf(one('send mails')));
  });

  it('should call hooks and survive what they throw', async () => {
    instrumentation.setConfig({
      producerHook: (span, { queue, payload }) => span.setAttribute('about', `${queue}: ${String(payload)}`),
      consumerHook: () => {
        throw new Error('a hook');
      },
    });
    const errors = await errorsDuring(async () => {
      const queue = queueOf();
      await inRequest(() => queue.add('ada'));
      await queue.ack((await got(queue)).ack);
    });
    assert.equal(one('send mails').attributes['about'], 'mails: ada');
    assert.equal(one('process mails').status.code, SpanStatusCode.UNSET);
    assert.equal(errors.length, 1);
  });

  it('should trace once when the module is imported as well', async () => {
    const imported = ((await import(MODULE)) as { default: CreateQueue }).default;
    await inRequest(() => promised(imported(database, 'mails')).add({}));
    one('send mails');
  });

  it('should trace nothing once it is disabled', async (t) => {
    instrumentation.disable();
    t.after(() => instrumentation.enable());
    await inRequest(() => queueOf().add({ to: 'ada' }));
    const [stored] = await database.collection('mails').find().toArray();
    assert.deepEqual(Object.keys(stored ?? {}).toSorted(), ['_id', 'payload', 'visible']);
    assert.deepEqual(tracing.named('send mails'), []);
  });
});
