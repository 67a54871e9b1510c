import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { journey, run, span } from '../testing/fixtures.ts';
import { CODE } from './code-places.ts';
import { journeyOf } from './journey.ts';
import type { RunState, SpanView } from './types.ts';
import { verdictOn } from './verdict.ts';

const verdict = (spans: SpanView[], state: RunState) => verdictOn(journeyOf(spans, state), spans, state);
const crossings = (spans: SpanView[], state: RunState) =>
  journeyOf(spans, state).edges.map(({ crossing }) => crossing);

test('one trace through all stops is joined', () => {
  const spans = journey(['one', 'one', 'one', 'one', 'one']);
  assert.deepEqual(crossings(spans, run()), ['joined', 'joined', 'joined', 'joined']);
  const { tone, title, text } = verdict(spans, run());
  assert.deepEqual([tone, title], ['joined', 'One trace']);
  assert.match(text, /Five services, one picture/);
});

test('a poller in a trace of its own is a cut document', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  const state = run({ traceIds: ['one', 'two'] });
  assert.deepEqual(crossings(spans, state), ['joined', 'cut', 'joined', 'joined']);
  const { tone, title, code } = verdict(spans, state);
  assert.deepEqual([tone, title], ['broken', 'Two traces']);
  assert.equal(code[0], CODE.writesDocument);
});

test('a link from the poller joins two traces', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  spans[2] = { ...spans[2], links: [{ traceId: 'one', spanId: 'writer' }] } as SpanView;
  assert.equal(verdict(spans, run()).tone, 'linked');
});

test('both carriers cut make three traces', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'three']);
  assert.equal(verdict(spans, run()).title, 'Three traces');
});

test('what has not happened yet is waited for, then not taken', () => {
  const spans = journey(['one', 'one', 'one', 'one', 'one']).slice(0, 3);
  assert.deepEqual(crossings(spans, run({ settled: false })).slice(2), ['waiting', 'waiting']);
  assert.deepEqual(crossings(spans, run()).slice(2), ['not taken', 'not taken']);
  assert.equal(verdict(spans, run({ settled: false })).tone, 'running');
});

test('an order that was given up and a failed Job are told', () => {
  const state = run({
    orders: [{ orderId: 'x', status: 'failed', attempts: 5, error: 'boom' }],
    jobs: [{ jobName: 'y', phase: 'failed', reason: 'OOMKilled' }],
  });
  const { text } = verdict([span('a')], state);
  assert.match(text, /given up after 5 attempts: boom/);
  assert.match(text, /The Job failed: OOMKilled/);
});

test('every line of code that is named is in its file', () => {
  const root = join(import.meta.dirname, '../../..');
  for (const { path, code } of Object.values(CODE)) {
    assert.ok(readFileSync(join(root, path), 'utf8').includes(code), `${path} has no longer: ${code}`);
  }
});
