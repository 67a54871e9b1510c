import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import {
  errorsDuring,
  idOf,
  inRequest,
  startTracing,
  tracer,
  until,
} from '@beyond-headers/instrumentation-queue-common/testing';
import { startMongod } from '@beyond-headers/local-mongod';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type * as agendaModule from 'agenda';
import { MongoClient } from 'mongodb';
import { AgendaInstrumentation } from '../src/index.ts';

const instrumentation = new AgendaInstrumentation();
const tracing = startTracing(instrumentation);
const { Agenda } = await import('agenda');
const { MongoBackend } = await import('@agendajs/mongo-backend');

const mongod = await startMongod();
const client = await MongoClient.connect(mongod.uri);
after(async () => {
  await client.close();
  await mongod.close();
});

const { one } = tracing;

describe('AgendaInstrumentation', () => {
  const database = client.db('agenda');
  const stored = database.collection<{ name: string; data: unknown }>('agendaJobs');
  let agenda: agendaModule.Agenda;

  beforeEach(async () => {
    await database.dropDatabase();
    instrumentation.setConfig({});
    agenda = new Agenda({ backend: new MongoBackend({ mongo: database }), processEvery: 20 });
    await agenda.ready;
    tracing.reset();
  });

  afterEach(async () => {
    await agenda.drain();
    tracing.reset();
  });

  /** Runs jobs of this name until `count` runs have ended. */
  async function run(
    name: string,
    handler: (job: agendaModule.Job) => Promise<void>,
    { count = 1, backoff }: { count?: number; backoff?: agendaModule.BackoffStrategy } = {},
  ): Promise<void> {
    let ended = 0;
    agenda.on(`complete:${name}`, () => ended++);
    agenda.define(name, handler, { lockLifetime: 200, ...(backoff && { backoff }) });
    await agenda.start();
    await until(`${count} runs of ${name}`, () => ended >= count);
  }

  it('should make a PRODUCER under the active span', async () => {
    const job = await inRequest(() => agenda.now('mail', { to: 'ada' }));
    const send = one('send mail');
    assert.equal(send.kind, SpanKind.PRODUCER);
    assert.equal(send.parentSpanContext?.spanId, idOf(one('request')));
    assert.equal(send.instrumentationScope.name, '@beyond-headers/instrumentation-agenda');
    assert.deepEqual(send.attributes, {
      'messaging.system': 'agenda',
      'messaging.destination.name': 'mail',
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.message.id': String(job.attrs._id),
    });
  });

  it('should store the context and leave the data of the caller alone', async () => {
    const data = Object.freeze({ to: 'ada' });
    const created = agenda.create('mail', data);
    const saved = await inRequest(() => created.save());
    assert.ok(saved === created);
    assert.equal(saved.attrs.data, data);
    const { traceId } = one('send mail').spanContext();
    assert.deepEqual((await stored.findOne())?.data, {
      to: 'ada',
      otelContext: { traceparent: `00-${traceId}-${idOf(one('send mail'))}-01` },
    });
  });

  it('should make a CONSUMER under the PRODUCER', async () => {
    const job = await inRequest(() => agenda.now('mail', { to: 'ada' }));
    await run('mail', async ({ attrs: { data } }) => {
      assert.deepEqual(data, { to: 'ada' });
      tracer.startSpan('work').end();
    });
    const process = one('process mail');
    assert.equal(process.kind, SpanKind.CONSUMER);
    assert.equal(process.parentSpanContext?.spanId, idOf(one('send mail')));
    assert.equal(process.links.length, 0);
    assert.equal(one('work').parentSpanContext?.spanId, idOf(process));
    assert.deepEqual(process.attributes, {
      'messaging.system': 'agenda',
      'messaging.destination.name': 'mail',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.message.id': String(job.attrs._id),
      'messaging.agenda.message.delivery_attempt': 1,
    });
  });

  it('should link an attempt to the failed one before it', async () => {
    await inRequest(() => agenda.now('mail', { to: 'ada' }));
    await run(
      'mail',
      async ({ attrs: { failCount } }) => {
        if (!failCount) throw new RangeError('too long');
      },
      { count: 2, backoff: ({ attempt }) => (attempt < 3 ? 1 : null) },
    );
    const [first, second] = tracing.named('process mail');
    assert.equal(first?.status.code, SpanStatusCode.ERROR);
    assert.equal(first.attributes['error.type'], 'RangeError');
    assert.equal(second?.status.code, SpanStatusCode.UNSET);
    assert.equal(second.attributes['messaging.agenda.message.delivery_attempt'], 2);
    assert.equal(second.parentSpanContext?.spanId, idOf(one('send mail')));
    assert.deepEqual(
      second.links.map(({ context }) => context.spanId),
      [idOf(first)],
    );
  });

  it('should keep the context when a handler saves its own job', async () => {
    await inRequest(() => agenda.now('mail', { to: 'ada' }));
    await run(
      'mail',
      async (job) => {
        if (job.attrs.failCount) return;
        job.attrs.data = { to: 'ada', tried: true };
        await job.save();
        throw new Error('not yet');
      },
      { count: 2, backoff: ({ attempt }) => (attempt < 3 ? 1 : null) },
    );
    const attempts = tracing.named('process mail');
    const send = idOf(one('send mail'));
    assert.deepEqual(
      attempts.map(({ parentSpanContext }) => parentSpanContext?.spanId),
      [send, send],
    );
  });

  it('should replace the context of a job that a handler sends on', async () => {
    await inRequest(() => agenda.now('first', { to: 'ada' }));
    await run('first', async ({ attrs: { data } }) => {
      await agenda.now('second', data);
    });
    const send = one('send second');
    assert.equal(send.parentSpanContext?.spanId, idOf(one('process first')));
    const { data } = (await stored.findOne({ name: 'second' })) ?? {};
    assert.match(JSON.stringify(data), new RegExp(`"otelContext":.*${idOf(send)}`));
  });

  it('should begin a trace for each run of a repeated job', async () => {
    await inRequest(() => agenda.every(20, 'tick', { to: 'ada' }));
    await run('tick', async () => {}, { count: 2 });
    const send = one('send tick').spanContext();
    const runs = tracing.named('process tick').slice(0, 2);
    const traceIds = [send, ...runs.map((span) => span.spanContext())].map(({ traceId }) => traceId);
    assert.equal(new Set(traceIds).size, 3);
    for (const { links } of runs)
      assert.deepEqual(
        links.map(({ context }) => context.spanId),
        [send.spanId],
      );
  });

  it('should take the shape from the configuration', async () => {
    instrumentation.setConfig({
      shape: ({ job }) => (job.attrs.name === 'linked' ? 'link' : 'parent+link'),
    });
    await inRequest(() => agenda.now('linked', {}));
    await inRequest(() => agenda.now('both', {}));
    await run('linked', async () => {});
    await run('both', async () => {});
    const [linked, both] = [one('process linked'), one('process both')];
    assert.equal(linked.parentSpanContext, undefined);
    assert.equal(linked.links[0]?.context.spanId, idOf(one('send linked')));
    assert.equal(both.parentSpanContext?.spanId, idOf(one('send both')));
    assert.equal(both.links[0]?.context.spanId, idOf(one('send both')));
  });

  it('should carry a context where there is no data', async () => {
    await inRequest(() => agenda.now('mail'));
    let seen: unknown = 'nothing';
    await run('mail', async ({ attrs: { data } }) => {
      seen = data;
    });
    assert.equal(seen, null);
    assert.equal(one('process mail').parentSpanContext?.spanId, idOf(one('send mail')));
  });

  it('should leave data without room as it is', async () => {
    await inRequest(() => agenda.now('mail', ['ada']));
    let seen: unknown;
    await run('mail', async ({ attrs: { data } }) => {
      seen = data;
    });
    assert.deepEqual(seen, ['ada']);
    assert.equal(one('process mail').parentSpanContext, undefined);
  });

  it('should not make a unique job another one', async () => {
    for (let time = 0; time < 2; time++) {
      const data = { to: 'ada' };
      await inRequest(() => agenda.create('mail', data).unique({ data }).save());
    }
    assert.deepEqual(
      (await stored.find().toArray()).map(({ data }) => data),
      [{ to: 'ada' }],
    );
  });

  it('should trace no save without a run to come', async () => {
    const job = await agenda
      .create('mail', {})
      .schedule(new Date(Date.now() + 60_000))
      .save();
    tracing.reset();
    await job.disable().save();
    assert.equal(tracing.spans().length, 0);
  });

  it('should keep polling out of the span that starts it', async () => {
    let around: unknown = 'not run';
    agenda.on('start:mail', () => {
      around = trace.getActiveSpan();
    });
    await agenda.now('mail', {});
    await tracer.startActiveSpan('start', async (span) => {
      await run('mail', async () => {});
      span.end();
    });
    assert.equal(around, undefined);
  });

  it('should call hooks and survive what they throw', async () => {
    instrumentation.setConfig({
      producerHook: (span, { job }) => span.setAttribute('job.priority', job.attrs.priority),
      consumerHook: () => {
        throw new Error('a hook');
      },
    });
    const errors = await errorsDuring(async () => {
      await inRequest(() => agenda.now('mail', {}));
      await run('mail', async () => {});
    });
    assert.equal(one('send mail').attributes['job.priority'], 0);
    assert.equal(one('process mail').status.code, SpanStatusCode.UNSET);
    assert.equal(errors.length, 1);
  });

  it('should trace once when agenda is required as well', async () => {
    const required = createRequire(import.meta.url)('agenda') as typeof agendaModule;
    assert.equal(required.Job, (await import('agenda')).Job);
    await inRequest(() => agenda.now('mail', {}));
    one('send mail');
  });

  it('should trace nothing once it is disabled', async (t) => {
    instrumentation.disable();
    t.after(() => instrumentation.enable());
    await inRequest(() => agenda.now('mail', { to: 'ada' }));
    assert.deepEqual((await stored.findOne())?.data, { to: 'ada' });
    assert.deepEqual(tracing.named('send mail'), []);
  });
});
