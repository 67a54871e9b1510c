import { once } from 'node:events';
import { createServer } from 'node:http';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';
import {
  SpanKind,
  carrierOf,
  caseName,
  consume,
  context,
  contextOf,
  countTo,
  inSpan,
  linkTo,
  play,
  request,
  send,
  until,
} from './harness.mjs';

const address = process.env.MONGODB_URI.replace('/?', `/agenda_${caseName.replaceAll('-', '_')}?`);
const client = new MongoClient(address);
const queue = { system: 'agenda', destination: 'receipts' };

const connect = () => new Agenda({ backend: new MongoBackend({ address }), processEvery: 100 });

/** Places an order whose receipt becomes a job. `contextFor` returns the context that the job carries. */
const orderReceipt = async (contextFor = (carrier) => carrier) => {
  const agenda = connect();
  await request('/orders', () =>
    send(queue, async (carrier) => {
      const job = await agenda.now('receipts', { context: contextFor(carrier) });
      return job.attrs._id;
    }),
  );
};

const handle = () => inSpan('print receipt', async () => {});

/** Returns a worker whose handler starts its own CONSUMER span. `spanOf` returns the parent or the links of the span. */
const worker =
  (jobs, spanOf, { start = (agenda) => agenda.start(), work = handle } = {}) =>
  async ({ ready }) => {
    const agenda = connect();
    const done = countTo(jobs);
    agenda.on('success', done.hit);
    agenda.define(
      'receipts',
      ({ attrs }) => consume({ ...queue, id: attrs._id, ...spanOf(attrs) }, () => work(attrs)),
      {
        backoff: ({ attempt }) => (attempt < 3 ? 100 : null),
      },
    );
    await start(agenda);
    ready();
    await done.all;
  };

const carried = ({ data }) => ({ parent: contextOf(data.context) });

/** Schedules one document that is run repeatedly. Its context is that of the request that inserted it. */
const schedule = async () => {
  const agenda = connect();
  await request('/schedules', () =>
    send(queue, async (context) => {
      const job = await agenda.every('0.2 seconds', 'receipts', { context });
      return job.attrs._id;
    }),
  );
};

const answerStatus = ({ headers }, answer) =>
  inSpan(
    'GET /status',
    async () => void answer.end('ok'),
    {
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': 'GET', 'url.path': '/status', 'http.response.status_code': 200 },
    },
    contextOf(headers),
  );

const askStatus = (port) =>
  inSpan(
    'GET',
    async () => (await fetch(`http://127.0.0.1:${port}/status`, { headers: carrierOf() })).text(),
    {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': 'GET',
        'url.full': `http://127.0.0.1:${port}/status`,
        'server.address': '127.0.0.1',
        'server.port': port,
        'http.response.status_code': 200,
      },
    },
  );

await play({
  traced: { worker: worker(1, carried), shop: () => orderReceipt() },
  linked: {
    worker: worker(1, ({ data }) => ({ links: [linkTo(data.context)] })),
    shop: () => orderReceipt(),
  },
  retried: {
    worker: worker(1, carried, {
      work: async ({ failCount }) => {
        if (!failCount) throw new Error('no paper');
      },
    }),
    shop: () => orderReceipt(),
  },
  'nothing-carried': { worker: worker(1, () => ({})), shop: () => orderReceipt(() => undefined) },
  // The handler uses the active context, which is that of the span in which the worker was started.
  'started-in-a-span': {
    worker: worker(1, () => ({ parent: context.active() }), {
      start: (agenda) => inSpan('start worker', () => agenda.start()),
    }),
    shop: () => orderReceipt(),
  },
  every: { worker: worker(12, carried), shop: schedule },
  // The jobs have only the span of their work, in a service whose HTTP requests are traced.
  untraced: {
    worker: async ({ ready }) => {
      const agenda = connect();
      const both = countTo(2);
      agenda.on('success', both.hit);
      agenda.define('receipts', handle);
      await agenda.start();
      const server = createServer((asked, answer) => void answerStatus(asked, answer).then(both.hit));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      await client.db().collection('ports').insertOne({ port: server.address().port });
      ready();
      await both.all;
    },
    shop: async () => {
      const { port } = await until(() => client.db().collection('ports').findOne());
      await request('/orders', async () => {
        await connect().now('receipts', {});
        await askStatus(port);
      });
    },
  },
});
