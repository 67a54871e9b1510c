import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SpanShape } from '@beyond-headers/traces/tree';
import { finding, journey, run, span } from './testing/fixtures.ts';
import { CODE, explainFinding, EXPLANATIONS } from './explanations.ts';
import { journeyOf } from './journey.ts';
import type { FoundCarrier, Run } from './run.ts';
import { verdictOn, verdictText } from './verdict.ts';

const verdict = (spans: SpanShape[], state: Run, carriers: FoundCarrier[] = []) =>
  verdictOn(journeyOf(spans, state), spans, state, carriers);
const crossings = (spans: SpanShape[], state: Run) =>
  journeyOf(spans, state).edges.map(({ crossing }) => crossing);

const ONE = journey(['one', 'one', 'one', 'one', 'one']);
const DOCUMENT_CUT = run({ traceIds: ['one', 'two'], findings: [finding('lost-context', 'poller')] });
const JOB_CUT = run({ findings: [finding('lost-context', 'report-job')] });

test('one trace through all stops is joined', () => {
  assert.deepEqual(crossings(ONE, run()), ['joined', 'joined', 'joined', 'joined']);
  const { tone, title, text } = verdict(ONE, run());
  assert.deepEqual([tone, title], ['joined', 'One trace']);
  assert.match(text, /Five services, one picture/);
  assert.match(
    verdictText(verdict(ONE, run())),
    /^One trace\. The context traveled in .+, so each receiver continued the sender's trace\. .+ one picture\.$/,
  );
});

test('a poller in a trace of its own is a cut document', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  assert.deepEqual(crossings(spans, DOCUMENT_CUT), ['joined', 'cut', 'joined', 'joined']);
  const { tone, title, code } = verdict(spans, DOCUMENT_CUT);
  assert.deepEqual([tone, title], ['broken', 'Two traces']);
  assert.equal(code[0], CODE.capturesContext);
});

test('two traces without a finding are linked', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'two']);
  assert.deepEqual(crossings(spans, run()), ['joined', 'linked', 'joined', 'joined']);
  assert.deepEqual(
    [verdict(spans, run()).tone, verdict(spans, run()).title],
    ['linked', 'Two traces, linked'],
  );
});

test('traces beside the way of the order are linked to it', () => {
  const given = { kind: 'SERVER', traceId: 'two' } as const;
  const approval = span('approval', { ...given, links: [{ traceId: 'one', spanId: 'poller' }] });
  const { tone, title, text, page } = verdict([...ONE, approval], run({ traceIds: ['one', 'two'] }));
  assert.deepEqual([tone, title, page], ['linked', 'Two traces, linked', '6-days-between-two-spans']);
  assert.match(text, /one picture\. Links join the traces\.$/);
  const beside = verdict([...ONE, span('beside', given)], run({ traceIds: ['one', 'two'] }));
  assert.equal(beside.title, 'Two traces', 'without a link between them');
});

const traceLinkedTo = (traceId: string, to: string) =>
  span(traceId, { kind: 'SERVER', traceId, links: to === '' ? [] : [{ traceId: to, spanId: to }] });

test('two pairs of linked traces are not linked', () => {
  const pairs = [
    ...ONE,
    traceLinkedTo('two', 'one'),
    traceLinkedTo('three', 'four'),
    traceLinkedTo('four', ''),
  ];
  const state = run({ traceIds: ['one', 'two', 'three', 'four'] });
  assert.deepEqual([verdict(pairs, state).tone, verdict(pairs, state).title], ['joined', 'Four traces']);
  const chain = [...pairs, traceLinkedTo('four', 'two')];
  assert.equal(verdict(chain, state).title, 'Four traces, linked');
});

for (const [rule, title, crossing] of [
  ['lost-context', 'One trace', 'cut'],
  ['root-consumer', 'One trace', 'cut'],
  ['wrong-trace', 'The wrong trace', 'foreign'],
  ['shared-context', 'The wrong trace', 'foreign'],
  ['wrong-parent', 'The wrong parent', 'astray'],
] as const) {
  test(`${rule} at the pod is the verdict`, () => {
    const state = run({ findings: [finding(rule, 'report-job')] });
    assert.deepEqual(crossings(ONE, state), ['joined', 'joined', 'joined', crossing]);
    assert.deepEqual([verdict(ONE, state).tone, verdict(ONE, state).title], ['broken', title]);
  });
}

test('a finding about no hop of the demo breaks nothing', () => {
  const state = run({ findings: [{ rule: 'clock', to: { service: 'poller' } }, { rule: 'lost-context' }] });
  assert.equal(verdict(ONE, state).tone, 'joined');
  for (const found of [...state.findings, { rule: 'orphan', to: { service: 'browser' } }])
    assert.equal(explainFinding(found), undefined);
});

test('of a finding the verdict says what its explanation says', () => {
  const found = finding('wrong-trace', 'poller');
  const explained = explainFinding(found);
  assert.match(explained?.what ?? '', /template that it was copied from/);
  const { text, code } = verdict(ONE, run({ findings: [found] }));
  assert.equal(text, `${explained?.what} ${explained?.so}`);
  assert.deepEqual(code, explained?.code);
});

const carrier = (id: FoundCarrier['id'], rows: FoundCarrier['rows'][number][]): FoundCarrier => ({
  id,
  rows,
});

test('what the carrier held distinguishes one cut from another', () => {
  const asText = carrier('document', [{ name: 'context', role: 'unread' }]);
  assert.match(verdict(ONE, DOCUMENT_CUT).text, /carried no context/);
  assert.match(verdict(ONE, DOCUMENT_CUT, [asText]).text, /as one string/);
  const lowercase = carrier('job', [{ name: 'env traceparent', role: 'unread' }]);
  assert.match(verdict(ONE, JOB_CUT, [lowercase]).text, /reads TRACEPARENT/);
});

test('a variable that is there twice is not one of a template', () => {
  const state = run({ findings: [finding('wrong-trace', 'report-job')] });
  const once: FoundCarrier['rows'][number] = { name: 'env TRACEPARENT', role: 'carries' };
  assert.match(verdict(ONE, state, [carrier('job', [once])]).text, /nothing replaced it/);
  const twice = carrier('job', [{ ...once, role: 'unread' }, once]);
  assert.match(verdict(ONE, state, [twice]).text, /was there twice/);
});

test('of two faults both are reported', () => {
  const spans = journey(['one', 'one', 'two', 'two', 'three']);
  const state = run({ findings: [...DOCUMENT_CUT.findings, ...JOB_CUT.findings] });
  const { text, code, title } = verdict(spans, state);
  assert.equal(title, 'Three traces');
  assert.match(text, /document carried no context.*environment carried no context/);
  assert.equal(code.length, 4);
});

test('the attempt that led on is followed, not the first', () => {
  const spans = journey(['one', 'one', 'three', 'three', 'three']);
  const failed = span('first', { service: 'poller', kind: 'CONSUMER', traceId: 'two', startMs: 1.5 });
  assert.deepEqual(crossings([...spans, failed], run()), ['joined', 'linked', 'joined', 'joined']);
});

test('what has not happened yet is waited for, then not taken', () => {
  const spans = ONE.slice(0, 3);
  assert.deepEqual(crossings(spans, run({ settled: false })).slice(2), ['waiting', 'waiting']);
  assert.deepEqual(crossings(spans, run()).slice(2), ['not taken', 'not taken']);
  assert.equal(verdict(spans, run({ settled: false })).tone, 'running');
});

const toneOf = (given: Partial<Run>) => verdict(ONE, run({ settled: false, ...given })).tone;

test('a trace is whole once its order and its Job are over', () => {
  const fulfilled = { status: 'fulfilled', attempts: 1 };
  const succeeded = { phase: 'succeeded', failedAttempts: 0 };
  assert.equal(toneOf({ orders: [fulfilled], jobs: [{ ...succeeded, phase: 'running' }] }), 'running');
  assert.equal(toneOf({ orders: [{ ...fulfilled, status: 'processing' }], jobs: [succeeded] }), 'running');
  assert.equal(toneOf({ orders: [fulfilled], jobs: [succeeded] }), 'joined');
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
