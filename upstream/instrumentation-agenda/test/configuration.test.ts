import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { errorsDuring, idOf, inRequest } from '@beyond-headers/instrumentation-queue-common/testing';
import { SpanStatusCode } from '@opentelemetry/api';
import type * as agendaModule from 'agenda';
import { agenda, instrumentation, run, stored, tracing } from './support/agenda.ts';

const { one } = tracing;

describe('The configuration of AgendaInstrumentation', () => {
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
