import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Span } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { serialize } from './serialize.ts';

/** Spans that an SDK accepts and can't serialize, by their invalid part. */
const UNSOUND: Record<string, (span: Span) => void> = {
  'an end that is not a date': (span) => span.end(new Date(Number.NaN)),
  'an event at no date': (span) => span.addEvent('late', new Date(Number.NaN)).end(),
  'a link to nothing': (span) => span.addLink({ context: undefined as never }).end(),
};

function spans(...ends: Array<(span: Span) => void>) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (const [index, end] of ends.entries()) end(provider.getTracer('test').startSpan(`span ${index}`));
  return exporter.getFinishedSpans();
}

const end = (span: Span): void => span.end();
const namesIn = (body: Uint8Array | undefined): string[] =>
  Buffer.from(body ?? [])
    .toString()
    .match(/span \d/g) ?? [];

for (const [what, unsound] of Object.entries(UNSOUND)) {
  test(`${what} costs no other span`, () => {
    const { body, rejected, reason } = serialize(spans(end, unsound, end), JsonTraceSerializer);
    assert.deepEqual(namesIn(body), ['span 0', 'span 2']);
    assert.equal(rejected, 1);
    assert.match(reason ?? '', /^cannot be serialized: ./);
  });

  test(`${what} alone leaves nothing to send`, () => {
    const { body, rejected } = serialize(spans(unsound), JsonTraceSerializer);
    assert.equal(body, undefined);
    assert.equal(rejected, 1);
  });
}

test('sound spans are all serialized', () => {
  const { body, rejected } = serialize(spans(end, end), JsonTraceSerializer);
  assert.deepEqual(namesIn(body), ['span 0', 'span 1']);
  assert.equal(rejected, 0);
});
