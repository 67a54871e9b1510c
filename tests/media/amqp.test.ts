import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  amqpHeadersCarrier,
  extractContext,
  injectContext,
  MAX_AMQP_HEADERS_BYTES,
} from '@beyond-headers/propagation';
import { trace } from '@opentelemetry/api';
import { connect, type Channel, type GetMessage } from 'amqplib';
import { SERVERS } from '../support/servers.ts';
import { until } from '../support/until.ts';
import { SPAN_ID, traceparent, w3c } from '../conformance/propagation/cases/carrier-case.ts';
import { withPropagator } from '../conformance/propagation/with-propagator.ts';

const missing = SERVERS.rabbitmq.missing();
const BODY = Buffer.from('{}');

const current = withPropagator(w3c, () => extractContext({ traceparent }, amqpHeadersCarrier));
const inject = (headers: object) =>
  withPropagator(w3c, () => injectContext(current, headers, amqpHeadersCarrier));

test('RabbitMQ takes what is injected', { skip: missing && `left out: it needs ${missing}` }, async (t) => {
  const server = await SERVERS.rabbitmq.start();
  const connection = await connect(server.environment['AMQP_URL'] ?? '');
  t.after(async () => {
    await connection.close();
    await server.close();
  });
  const channel = await connection.createChannel();

  await t.test('a dead letter keeps its history and gets the new context', async () => {
    const [work, dead] = await openQueues(channel);
    channel.sendToQueue(work, BODY, { headers: { traceparent: 'stale', tenant: 'acme' } });
    channel.nack(await take(channel, work), false, false);
    const { properties } = await take(channel, dead);
    const arrived = structuredClone(properties.headers ?? {});
    assert.ok(arrived['x-death'], 'the broker notes why it is here');
    channel.sendToQueue(dead, BODY, { headers: inject(properties.headers ?? {}) });
    const { properties: again } = await take(channel, dead);
    assert.deepEqual(again.headers, { ...arrived, traceparent });
  });

  await t.test('bytes of another client are read', async () => {
    const { queue } = await channel.assertQueue('', { exclusive: true });
    channel.sendToQueue(queue, BODY, { headers: { traceparent: Buffer.from(traceparent) } });
    const { headers = {} } = (await take(channel, queue)).properties;
    assert.ok(Buffer.isBuffer(headers['traceparent']));
    const context = withPropagator(w3c, () => extractContext(headers, amqpHeadersCarrier));
    assert.equal(trace.getSpanContext(context)?.spanId, SPAN_ID);
  });

  await t.test('headers that are full are published, one byte more throws', async () => {
    const { queue } = await channel.assertQueue('', { exclusive: true });
    const room = largest(MAX_AMQP_HEADERS_BYTES, (length) => 'baggage' in withBaggage(ownHeaders(), length));
    channel.sendToQueue(queue, BODY, { headers: withBaggage(ownHeaders(), room) });
    const { headers = {} } = (await take(channel, queue)).properties;
    assert.equal(String(headers['baggage']).length, room);
    const tooMuch = { ...ownHeaders(), baggage: 'b'.repeat(room + 1) };
    assert.throws(() => channel.sendToQueue(queue, BODY, { headers: tooMuch }), RangeError);
  });
});

const ownHeaders = () => ({ body: Buffer.alloc(40_000), notes: ['é', { of: ['a', 'b'] }] });

function withBaggage(headers: object, length: number): object {
  amqpHeadersCarrier.set(headers, 'baggage', 'b'.repeat(length));
  return headers;
}

/** Returns the largest number up to `limit` for which `holds` is true, by binary search. */
function largest(limit: number, holds: (value: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Creates a work queue, and a queue for its dead letters. */
async function openQueues(channel: Channel): Promise<[work: string, dead: string]> {
  const { queue: dead } = await channel.assertQueue('', { exclusive: true });
  const deadLetters = { deadLetterExchange: '', deadLetterRoutingKey: dead };
  const { queue: work } = await channel.assertQueue('', { exclusive: true, ...deadLetters });
  return [work, dead];
}

async function take(channel: Channel, queue: string): Promise<GetMessage> {
  const message = await until(() => channel.get(queue), Boolean, { what: `a message in ${queue}` });
  return message || assert.fail();
}
