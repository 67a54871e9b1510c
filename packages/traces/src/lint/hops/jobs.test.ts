import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../lint.ts';
import { A, at, B, C, found, linkTo } from '../../testing/lint.ts';

const named = { 'k8s.job.uid': 'uid-1', 'k8s.job.name': 'crunch-1', 'k8s.namespace.name': 'night' };
const launched = [
  at(A, '1', undefined, 'desk SERVER POST /crunch', { atMs: [0, 30] }),
  at(A, '2', '1', 'desk PRODUCER launch crunch', { atMs: [5, 20], attributes: named }),
  at(A, '3', '2', 'desk INTERNAL watch crunch', { atMs: [20, 900], attributes: named }),
];
const resource = (pod: string, more: object = named) => ({
  'service.name': 'crunch',
  'k8s.pod.uid': pod,
  ...more,
});
const run = (trace: string, id: string, parent: string | undefined, sketch: Parameters<typeof at>[4] = {}) =>
  at(trace, id, parent, 'crunch CONSUMER run crunch', {
    atMs: [100, 800],
    resource: resource('p1'),
    ...sketch,
  });

test('a process under its launch is right, and each of its attempts', () => {
  const again = run(A, '6', '2', { resource: resource('p2'), atMs: [850, 870] });
  assert.deepEqual(found([...launched, run(A, '5', '2'), again]), []);
});

test('a process that links to its launch is right', () => {
  assert.deepEqual(found([...launched, run(B, '5', undefined, { links: [linkTo('2', A)] })]), []);
});

test('a process that begins a trace lost the context of its launch', () => {
  const spans = [...launched, run(B, '5', undefined), run(C, '6', undefined, { resource: resource('p2') })];
  assert.deepEqual(found(spans), ['lost-context a2→b5']);
  assert.equal(lint(spans).findings[0]?.certainty, 'certain');
  const again = run(C, '6', undefined, { resource: resource('p2'), links: [linkTo('5', B)] });
  assert.deepEqual(found([...launched, run(B, '5', undefined), again]), ['lost-context a2→b5']);
});

test('name and namespace name a Job too, the name alone likely', () => {
  const byName = { 'k8s.job.name': 'crunch-1', 'k8s.namespace.name': 'night' };
  const spans = [...launched, run(B, '5', undefined, { resource: resource('p1', byName) })];
  assert.deepEqual(found(spans), ['lost-context a2→b5']);
  const nameAlone = { 'k8s.job.name': 'crunch-1' };
  const { findings } = lint([...launched, run(B, '5', undefined, { resource: resource('p1', nameAlone) })]);
  assert.equal(findings[0]?.certainty, 'likely');
});

test('a process in another trace continues the wrong one', () => {
  const template = at(C, '9', undefined, 'desk INTERNAL store template', { atMs: [-500, -400] });
  const called = at('d'.repeat(32), '1', undefined, 'shop CLIENT POST', { atMs: [-1, 50] });
  const server = at('d'.repeat(32), '2', '1', 'desk SERVER POST /crunch', { atMs: [0, 30] });
  // The trace begins with a root of a service that others call. It is part of the same break, and not a finding of its own.
  const spans = [...launched, called, server, template, run(C, '5', '9')];
  assert.deepEqual(found(spans), ['wrong-trace a2→c5']);
});

test('a process beside its launch has the wrong parent', () => {
  assert.deepEqual(found([...launched, run(A, '5', '1')]), ['wrong-parent a2→a5']);
});

test('a Job whose launch is not there is right', () => {
  assert.deepEqual(found([run(B, '5', undefined)]), ['root-consumer →b5']);
  const task = at(B, '5', undefined, 'crunch INTERNAL main', { resource: resource('p1') });
  assert.deepEqual(found([task]), []);
});

test('spans beside the one that joined need no parent', () => {
  const connect = at(B, '7', undefined, 'crunch CLIENT connect', {
    atMs: [90, 95],
    resource: resource('p1'),
  });
  assert.deepEqual(found([...launched, run(A, '5', '2'), connect]), []);
});
