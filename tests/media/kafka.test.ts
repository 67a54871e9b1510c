import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractContext, injectContext, kafkaHeadersCarrier } from '@beyond-headers/propagation';
import { trace } from '@opentelemetry/api';
import { SERVERS } from '../support/servers.ts';
import { SPAN_ID, traceparent, w3c } from '../conformance/propagation/cases/carrier-case.ts';
import { openKafkaTopic } from '../conformance/propagation/hops/kafka-topic.ts';
import { withPropagator } from '../conformance/propagation/with-propagator.ts';

const missing = SERVERS.kafka.missing();
const earlier = traceparent.replace(SPAN_ID, '1'.repeat(16));

const spanIn = (headers: object = {}) =>
  withPropagator(w3c, () => trace.getSpanContext(extractContext(headers, kafkaHeadersCarrier))?.spanId);

test('a relay of Kafka records goes on', { skip: missing && `left out: it needs ${missing}` }, async (t) => {
  const topic = await openKafkaTopic();
  t.after(() => topic.close());

  await t.test('the last of several headers wins', async () => {
    const [arrived] = await topic.send([{ traceparent: [earlier, traceparent], tracestate: ['a=1', 'b=2'] }]);
    assert.deepEqual(
      arrived?.['traceparent'],
      [earlier, traceparent].map((text) => Buffer.from(text)),
    );
    assert.equal(spanIn(arrived), SPAN_ID);
  });

  await t.test('inject replaces what arrived, in bytes and several times', async () => {
    const [arrived = {}] = await topic.send([
      { id: '7', traceparent: [earlier, earlier], tracestate: 'stale=1' },
    ]);
    const source = withPropagator(w3c, () => extractContext({ traceparent }, kafkaHeadersCarrier));
    withPropagator(w3c, () => injectContext(source, arrived, kafkaHeadersCarrier));
    const [passedOn] = await topic.send([arrived]);
    assert.deepEqual(passedOn, { id: Buffer.from('7'), traceparent: Buffer.from(traceparent) });
  });
});
