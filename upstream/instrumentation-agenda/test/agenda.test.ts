import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idOf, inRequest, tracer } from '@beyond-headers/instrumentation-queue-common/testing';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { agenda, run, stored, tracing } from './support/agenda.ts';

const { one } = tracing;

describe('AgendaInstrumentation', () => {
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
});
