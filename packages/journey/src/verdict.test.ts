import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SpanShape } from '@beyond-headers/traces/tree';
import { journey, run, span } from './testing/fixtures.ts';
import { CODE, EXPLANATIONS } from './explanations.ts';
import { journeyOf } from './journey.ts';
import type { FoundCarrier, Run } from './run.ts';
import { verdictOn, verdictText } from './verdict.ts';

const verdict = (spans: SpanShape[], state: Run, carriers: FoundCarrier[] = []) =>
  verdictOn(journeyOf(spans, state), spans, state, carriers);
const crossings = (spans: SpanShape[], state: Run) =>
  journeyOf(spans, state).edges.map(({ crossing }) => crossing);

test('one trace through all stops is joined', () => {
  const spans = journey(['one', 'one', 'one', 'one', 'one']);
  assert.deepEqual(crossings(spans, run()), ['joined', 'joined', 'joined', 'joined']);
  const { tone, title, text } = verdict(spans, run());
  assert.deepEqual([tone, title], ['joined', 'One trace']);
  assert.match(text, /Five services, one picture/);
  assert.match(verdictText(verdict(spans, run())), /^One trace\. The context traveled in .+ one picture\.$/);
});

test('a poller in a trace of its own is a cut document', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  const state = run({ traceIds: ['one', 'two'] });
  assert.deepEqual(crossings(spans, state), ['joined', 'cut', 'joined', 'joined']);
  const { tone, title, code } = verdict(spans, state);
  assert.deepEqual([tone, title], ['broken', 'Two traces']);
  assert.equal(code[0], CODE.capturesContext);
});

test('a link from the poller joins two traces', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  spans[2] = { ...spans[2], links: [{ traceId: 'one', spanId: 'writer' }] } as SpanShape;
  assert.equal(verdict(spans, run()).tone, 'linked');
});

test('both carriers cut make three traces', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'three']);
  assert.equal(verdict(spans, run()).title, 'Three traces');
});

const carrier = (id: FoundCarrier['id'], rows: FoundCarrier['rows'][number][]): FoundCarrier => ({
  id,
  rows,
});

test('a reader with a parent elsewhere went on with another trace', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  spans[2] = { ...spans[2], parentSpanId: 'template' } as SpanShape;
  assert.equal(crossings(spans, run())[1], 'foreign');
  const { tone, title, text, code } = verdict(spans, run());
  assert.deepEqual([tone, title], ['broken', 'The wrong trace']);
  assert.match(text, /template it was copied from/);
  assert.match(code[0]?.code ?? '', /^stale: /);
});

test('a reader that is not under the writer is astray', () => {
  const spans = journey(['one', 'one', 'one', 'one', 'one']);
  spans[4] = { ...spans[4], parentSpanId: 'job-launcher' } as SpanShape;
  assert.equal(crossings(spans, run())[3], 'astray');
  assert.equal(verdict(spans, run()).title, 'The wrong parent');
  const producer = span('launch', { kind: 'PRODUCER', parentSpanId: 'job-launcher' });
  spans[4] = { ...spans[4], parentSpanId: 'launch' };
  assert.equal(crossings([...spans, producer], run())[3], 'joined');
});

test('what the carrier held distinguishes one cut from another', () => {
  const documentCut = journey(['one', 'one', 'two', 'two', 'two']);
  const asText = carrier('document', [{ name: 'context', role: 'unread' }]);
  assert.match(verdict(documentCut, run()).text, /carried no context/);
  assert.match(verdict(documentCut, run(), [asText]).text, /as one text/);
  const jobCut = journey(['one', 'one', 'one', 'one', 'two']);
  const lowercase = carrier('job', [{ name: 'env traceparent', role: 'unread' }]);
  assert.match(verdict(jobCut, run(), [lowercase]).text, /asks for TRACEPARENT/);
});

test('a variable that is there twice is not one of a template', () => {
  const spans = journey(['one', 'one', 'one', 'one', 'two']);
  spans[4] = { ...spans[4], parentSpanId: 'template' } as SpanShape;
  const once: FoundCarrier['rows'][number] = { name: 'env TRACEPARENT', role: 'carries' };
  assert.match(verdict(spans, run(), [carrier('job', [once])]).text, /nothing replaced it/);
  const twice = carrier('job', [{ ...once, role: 'unread' }, once]);
  assert.match(verdict(spans, run(), [twice]).text, /was there twice/);
});

test('of two faults both are reported', () => {
  const { text, code } = verdict(journey(['one', 'one', 'two', 'two', 'three']), run());
  assert.match(text, /document carried no context.*environment carried no context/);
  assert.equal(code.length, 4);
});

test('the attempt that led on is followed, not the first', () => {
  const spans = journey(['one', 'one', 'three', 'three', 'three']);
  const sent = [{ traceId: 'one', spanId: 'writer' }];
  const failed = span('first', {
    service: 'poller',
    kind: 'CONSUMER',
    traceId: 'two',
    startMs: 1.5,
    links: sent,
  });
  spans[2] = { ...spans[2], links: [...sent, { traceId: 'two', spanId: 'first' }] } as SpanShape;
  assert.deepEqual(crossings([...spans, failed], run()), ['joined', 'linked', 'joined', 'joined']);
});

test('what has not happened yet is waited for, then not taken', () => {
  const spans = journey(['one', 'one', 'one', 'one', 'one']).slice(0, 3);
  assert.deepEqual(crossings(spans, run({ settled: false })).slice(2), ['waiting', 'waiting']);
  assert.deepEqual(crossings(spans, run()).slice(2), ['not taken', 'not taken']);
  assert.equal(verdict(spans, run({ settled: false })).tone, 'running');
});

test('an order that was given up and a failed Job are reported', () => {
  const state = run({
    orders: [{ status: 'failed', attempts: 5, error: 'boom' }],
    jobs: [{ phase: 'failed', reason: 'OOMKilled' }],
  });
  const { text } = verdict([span('a')], state);
  assert.match(text, /given up after 5 attempts: boom/);
  assert.match(text, /The Job failed: OOMKilled/);
});

test('every line of code that is named is in its file', () => {
  const root = join(import.meta.dirname, '../../..');
  const explanations = Object.values(EXPLANATIONS).flatMap((each) => Object.values(each));
  const places = [...Object.values(CODE), ...explanations.flatMap(({ code }) => code)];
  assert.ok(places.length > 20);
  for (const { path, code } of places) {
    assert.ok(readFileSync(join(root, path), 'utf8').includes(code), `${path} has no longer: ${code}`);
  }
});
