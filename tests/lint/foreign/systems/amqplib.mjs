import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib';
import { caseName, countTo, inSpan, instrument, play, request, service } from './harness.mjs';

// Options of the instrumentation, by case and service.
let kept;
const SETTINGS = {
  'hook-drops': { shop: { publishHook: (_span, { options }) => void delete options.headers.traceparent } },
  'hook-drops-without-id': {
    shop: { publishHook: (_span, { options }) => void delete options.headers.traceparent },
  },
  'hook-keeps-the-first': {
    shop: {
      publishHook: (_span, { options }) =>
        void Object.assign(options.headers, (kept ??= { ...options.headers })),
    },
  },
  links: { worker: { useLinksForConsume: true } },
};
// In these cases, the middleman has an SDK, but no instrumentation of amqplib.
const UNTRACED = ['middleman-strips', 'shovel-strips'];
if (!(service === 'middleman' && UNTRACED.includes(caseName))) {
  instrument(new AmqplibInstrumentation(SETTINGS[caseName]?.[service]));
}
const amqp = createRequire(import.meta.url)('amqplib');

const open = async () => (await amqp.connect(process.env.AMQP_URL)).createConfirmChannel();
const BODY = Buffer.from('{}');

/** Publishes to an exchange, each message in its own request, and waits until the broker has confirmed it. */
const publish =
  (messages = 1, { exchange = 'orders', key = 'new', id = true } = {}) =>
  async () => {
    const channel = await open();
    for (let sent = 0; sent < messages; sent++) {
      await request('/orders', async () => {
        channel.publish(exchange, key, BODY, id ? { messageId: randomUUID() } : {});
        await channel.waitForConfirms();
      });
    }
    await channel.close();
  };

/** Consumes messages of an exchange through its own queue, and ends after `messages` messages. A message that is requeued doesn't count. */
const consume =
  (
    queue,
    messages,
    { exchange = 'orders', key = 'new', type = 'topic', handler = async () => {}, ...options } = {},
  ) =>
  async ({ ready }) => {
    const channel = await open();
    const done = countTo(messages);
    await channel.assertExchange(exchange, type, { durable: false });
    await channel.assertQueue(queue, { exclusive: true, durable: false, ...options });
    await channel.bindQueue(queue, exchange, key);
    await channel.consume(queue, async (message) => {
      try {
        await inSpan(`handle ${queue}`, () => handler(message, channel));
        channel.ack(message);
        done.hit();
      } catch {
        channel.nack(message, false, options.deadLetterExchange === undefined);
        if (options.deadLetterExchange !== undefined) done.hit();
      }
    });
    ready();
    await done.all;
    await channel.waitForConfirms();
    await channel.close();
  };

const refuseFirst = async ({ fields }) => {
  if (!fields.redelivered) throw new Error('no stock');
};

/** Publishes a message again, with its id. `more` returns further properties. */
const pass =
  (exchange, key, more = () => ({})) =>
  (message, channel) => {
    channel.publish(exchange, key, message.content, {
      messageId: message.properties.messageId,
      ...more(message),
    });
  };

const NEWS = { exchange: 'news', type: 'fanout' };

const worker = (messages, options) => consume('orders.worker', messages, options);

await play({
  single: { worker: worker(1), shop: publish() },
  fanout: {
    worker: worker(1, NEWS),
    mailer: consume('orders.mailer', 1, NEWS),
    audit: consume('orders.audit', 1, NEWS),
    shop: publish(1, NEWS),
  },
  requeued: { worker: worker(1, { handler: refuseFirst }), shop: publish() },
  links: { worker: worker(2), shop: publish(2) },
  'dead-letter': {
    graveyard: consume('dead', 1, { exchange: 'dead' }),
    worker: worker(1, {
      deadLetterExchange: 'dead',
      handler: async () => {
        throw new Error('no such article');
      },
    }),
    shop: publish(),
  },
  reply: {
    worker: worker(1, {
      handler: ({ properties }, channel) =>
        void channel.publish('answers', 'done', BODY, {
          correlationId: properties.messageId,
          messageId: randomUUID(),
        }),
    }),
    asker: consume('answers', 1, { exchange: 'answers', key: 'done' }),
    shop: publish(),
  },
  // Two hops. The middleman copies the headers, and the instrumentation overwrites their context.
  middleman: {
    worker: worker(1, { exchange: 'checked', key: 'good' }),
    middleman: consume('orders.middleman', 1, {
      handler: pass('checked', 'good', ({ properties }) => ({ headers: { ...properties.headers } })),
    }),
    shop: publish(),
  },
  'middleman-strips': {
    worker: worker(1, { exchange: 'checked', key: 'good' }),
    middleman: consume('orders.middleman', 1, { handler: pass('checked', 'good') }),
    shop: publish(),
  },
  // Moves messages within one exchange, as a shovel or a delay queue does: id, exchange, and body stay, headers don't.
  'shovel-strips': {
    worker: worker(1, { key: 'late' }),
    middleman: consume('orders.middleman', 1, { handler: pass('orders', 'late') }),
    shop: publish(),
  },
  'hook-drops': { worker: worker(2), shop: publish(2) },
  'hook-drops-without-id': { worker: worker(1), shop: publish(1, { id: false }) },
  'hook-keeps-the-first': { worker: worker(2), shop: publish(2) },
});
