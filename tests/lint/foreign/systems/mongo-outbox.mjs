import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import {
  carrierOf,
  caseName,
  consume,
  context,
  contextOf,
  exporter,
  inSpan,
  linkTo,
  play,
  request,
  send,
  until,
  withTraceId,
} from './harness.mjs';

const client = new MongoClient(process.env.MONGODB_URI);
const database = client.db(`outbox_${caseName.replaceAll('-', '_')}`);
const orders = { system: 'mongodb', destination: 'orders' };
const invoices = { system: 'mongodb', destination: 'invoices' };
const collection = ({ destination }) => database.collection(destination);

const put = (queue, more) =>
  send(queue, async (context) => {
    const message = { _id: randomUUID(), context, ...more };
    await collection(queue).insertOne(message);
    return message._id;
  });

/** Waits for a message that has not been taken, and takes the oldest. */
const take = (queue) =>
  until(() =>
    collection(queue).findOneAndUpdate({ taken: null }, { $set: { taken: true } }, { sort: { $natural: 1 } }),
  );

const shop = () => request('/orders', () => put(orders));

const work = (name) => () => inSpan(name, async () => {});

/**
 * Takes orders, and inserts an invoice for each. `contextOfInvoice` gets the active context and the order's context, and returns the
 * invoice's.
 */
const relay = (contextOfInvoice) => async () => {
  const order = await take(orders);
  await consume({ ...orders, id: order._id, parent: contextOf(order.context) }, () =>
    put(invoices, contextOfInvoice && { context: contextOfInvoice(order.context) }),
  );
};

const consumer =
  (queue, name, place = ({ context }) => ({ parent: contextOf(context) })) =>
  async () => {
    const message = await take(queue);
    await consume({ ...queue, id: message._id, ...place(message) }, work(name));
  };

const billing = (place) => consumer(invoices, 'charge card', place);
const packing = (place) => consumer(orders, 'pack order', place);
const linked = ({ context }) => ({ links: [linkTo(context)] });

await play({
  chain: { shop, relay: relay(), billing: billing() },
  'relay-drops': { shop, relay: relay(() => undefined), billing: billing() },
  // The order's context is passed on unchanged, so the invoice's consumer becomes a child of the order's sender.
  'relay-hands-on': { shop, relay: relay((order) => order), billing: billing() },
  linked: { shop, packing: packing(linked) },
  'parent-and-link': {
    shop,
    packing: packing((message) => ({ parent: contextOf(message.context), ...linked(message) })),
  },
  'linked-batch': {
    shop: async () => {
      for (let sent = 0; sent < 3; sent++) await shop();
    },
    packing: async () => {
      const batch = [await take(orders), await take(orders), await take(orders)];
      const links = batch.map(({ context }) => linkTo(context));
      await consume(
        { ...orders, links, attributes: { 'messaging.batch.message_count': 3 } },
        work('pack orders'),
      );
    },
  },
  'two-receivers': {
    shop,
    packing: packing(),
    mailing: async () => {
      const message = await until(() => collection(orders).findOne());
      await consume({ ...orders, id: message._id, parent: contextOf(message.context) }, work('write mail'));
    },
  },
  // The new order is a copy of an old one, including its context.
  'copied-document': {
    shop: async () => {
      await shop();
      const old = await collection(orders).findOne();
      await request('/orders/again', () =>
        send(orders, async () => {
          const copy = { ...old, _id: randomUUID() };
          await collection(orders).insertOne(copy);
          return copy._id;
        }),
      );
    },
    packing: async () => {
      await packing()();
      await packing()();
    },
  },
  // The stream is opened in a request, so the events that it reads are processed in the context of that request.
  'change-stream-in-a-request': {
    packing: async ({ ready }) => {
      await request('/start', async () => {
        const stream = collection(orders).watch();
        await stream.tryNext();
        ready();
        const { fullDocument } = await stream.next();
        await consume({ ...orders, id: fullDocument._id, parent: context.active() }, work('pack order'));
      });
    },
    shop,
  },
  // Both services derive the trace id from the order's id. No context is carried.
  'trace-id-of-the-order': {
    shop: async () => {
      const order = { _id: randomUUID() };
      const insert = async () => (await collection(orders).insertOne(order)).insertedId;
      await withTraceId(order._id, () => request('/orders', () => send(orders, insert)));
    },
    packing: async () => {
      const { _id: id } = await take(orders);
      await withTraceId(id, () => consume({ ...orders, id }, work('pack order')));
    },
  },
  // The relay's spans are never exported.
  'relay-not-exported': {
    shop,
    relay: async () => {
      await relay()();
      exporter.reset();
    },
    billing: billing(),
  },
  'linked-to-unsampled': {
    shop: async () => {
      // What remains of a trace that a sampler drops: a context without the sampled flag, and no spans.
      const context = carrierOf(
        contextOf({ traceparent: `00-${randomUUID().replaceAll('-', '')}-b7ad6b7169203331-00` }),
      );
      await collection(orders).insertOne({ _id: randomUUID(), context });
    },
    packing: packing(linked),
  },
  'linked-to-lost': {
    shop: async () => {
      await shop();
      exporter.reset();
    },
    packing: packing(linked),
  },
  'slow-clock': {
    shop,
    packing: async () => {
      const fiveMinutes = 300_000;
      const message = await take(orders);
      const now = Date.now.bind(Date);
      Date.now = () => now() - fiveMinutes;
      await consume({ ...orders, id: message._id, parent: contextOf(message.context) }, work('pack order'));
    },
  },
});
