import { createRequire } from 'node:module';
import { KafkaJsInstrumentation } from '@opentelemetry/instrumentation-kafkajs';
import { caseName, countTo, inSpan, instrument, play, request, service, until } from './harness.mjs';

let kept;
const SETTINGS = {
  'hook-drops': { shop: { producerHook: (_span, { message }) => void delete message.headers.traceparent } },
  'hook-keeps-the-first': {
    shop: {
      producerHook: (_span, { message }) =>
        void Object.assign(message.headers, (kept ??= { ...message.headers })),
    },
  },
};
instrument(new KafkaJsInstrumentation(SETTINGS[caseName]?.[service]));
const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER], clientId: service, logLevel: logLevel.ERROR });
/** Each case has its own topics. */
const topicOf = (name) => `${name}.${caseName}`;

/** Sends in `requests` separate requests. The topics must exist. */
const shop = (requests, work) => async () => {
  const producer = kafka.producer();
  await producer.connect();
  for (let sent = 0; sent < requests; sent++) await request('/orders', () => work(producer, sent));
  await producer.disconnect();
};

const sendOne = (producer, sent) =>
  producer.send({
    topic: topicOf('orders'),
    messages: [{ key: `order ${sent}`, value: '{}', partition: sent % 2 }],
  });

const create = async (...topics) => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: topics.map((name) => ({ topic: topicOf(name), numPartitions: 2 })) });
  await admin.disconnect();
};

/** Reads a topic until `messages` messages have arrived. With `batches`, it uses eachBatch instead of eachMessage. */
const consume =
  (messages, { groupId = 'workers', topic = 'orders', batches = false, handler = async () => {} } = {}) =>
  async ({ ready }) => {
    await create(topic);
    const consumer = kafka.consumer({ groupId: `${groupId}.${caseName}`, sessionTimeout: 10_000 });
    const done = countTo(messages);
    await consumer.connect();
    await consumer.subscribe({ topic: topicOf(topic), fromBeginning: true });
    await consumer.run(
      batches
        ? {
            eachBatch: async ({ batch }) => {
              for (const message of batch.messages) await inSpan('handle order', () => handler(message));
              batch.messages.forEach(done.hit);
            },
          }
        : {
            eachMessage: async ({ message }) => {
              await inSpan('handle order', () => handler(message));
              done.hit();
            },
          },
    );
    ready();
    await done.all;
    // Waits for the current batch, so that its spans end.
    await consumer.disconnect();
  };

/** A service in the middle, which forwards each message with its headers. */
const checker = async (role) => {
  const producer = kafka.producer();
  await producer.connect();
  await create('checked');
  await consume(1, {
    groupId: 'checkers',
    handler: ({ key, value, headers }) =>
      producer.send({ topic: topicOf('checked'), messages: [{ key, value, headers }] }),
  })(role);
  await producer.disconnect();
};

/** A member of a group of two. It ends when the group has read all messages, according to the committed offsets. */
const member =
  (messages) =>
  async ({ ready }) => {
    await create('orders');
    const consumer = kafka.consumer({ groupId: `workers.${caseName}`, sessionTimeout: 10_000 });
    const admin = kafka.admin();
    await Promise.all([consumer.connect(), admin.connect()]);
    await consumer.subscribe({ topic: topicOf('orders'), fromBeginning: true });
    const joined = new Promise((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, resolve);
    });
    await consumer.run({
      autoCommitInterval: 50,
      autoCommitThreshold: 1,
      eachMessage: () => inSpan('handle order', async () => {}),
    });
    await joined;
    ready();
    await until(async () => {
      const [{ partitions }] = await admin.fetchOffsets({
        groupId: `workers.${caseName}`,
        topics: [topicOf('orders')],
      });
      return partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0) >= messages;
    });
    await Promise.all([consumer.disconnect(), admin.disconnect()]);
  };

await play({
  single: { worker: consume(1), shop: shop(1, sendOne) },
  batch: {
    shop: async () => {
      await create('orders');
      await shop(1, (producer) =>
        producer.send({
          topic: topicOf('orders'),
          messages: [1, 2, 3].map((n) => ({ value: `${n}`, partition: 0 })),
        }),
      )();
    },
    worker: consume(3, { batches: true }),
  },
  'two-topics': {
    shop: async () => {
      await create('orders', 'mails');
      await shop(1, (producer) =>
        producer.sendBatch({
          topicMessages: ['orders', 'mails'].map((name) => ({
            topic: topicOf(name),
            messages: [{ value: '{}' }],
          })),
        }),
      )();
    },
    worker: consume(1),
    mailer: consume(1, { groupId: 'mailers', topic: 'mails' }),
  },
  'one-group-twice': { 'worker-1': member(4), 'worker-2': member(4), shop: shop(4, sendOne) },
  'two-groups': { worker: consume(1), audit: consume(1, { groupId: 'audit' }), shop: shop(1, sendOne) },
  chain: { packing: consume(1, { topic: 'checked' }), checker, shop: shop(1, sendOne) },
  'hook-drops': { worker: consume(2), shop: shop(2, sendOne) },
  'hook-keeps-the-first': { worker: consume(12), shop: shop(12, sendOne) },
});
