import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Normaliser } from './normalise.ts';

const normalise = (text: string) => new Normaliser().normalise(text);
const [A, B] = ['a'.repeat(32), 'b'.repeat(32)];

test('ids are the same where they were the same', () => {
  assert.equal(normalise(`${A} ${B} ${A}`), '<trace 1> <trace 2> <trace 1>');
  assert.equal(normalise(`00-${A}-${'1'.repeat(16)}-01`), '00-<trace 1>-<span 1>-01');
  assert.notEqual(normalise(`${A} ${A}`), normalise(`${A} ${B}`));
});

test('ids keep their names over the blocks of a page', () => {
  const page = new Normaliser();
  page.normalise(`${A} ${B}`);
  assert.equal(page.normalise(B), '<trace 2>');
});

test('a shortened id is that of its trace', () => {
  const drawn = `trace ${A} · 1 span\n↩ links to send orders in trace aaaaaaaa\n↩ links to aaaaaaaa/12345678, which is not here`;
  assert.match(normalise(drawn), /send orders in <trace 1>\n.+ <trace 1>\/<span>, which/);
});

test('times, durations, ages and widths go', () => {
  assert.equal(normalise('ready in 4.2 s,  ≈ 12 s, 1m 05s'), 'ready in <duration>, <duration>, <duration>');
  assert.equal(normalise('"createdAt": "2026-11-25T22:56:12.126Z"'), '"createdAt": "<time>"');
  assert.equal(normalise('0/1   Error   0     37s'), '0/1 Error 0 <duration>');
  assert.equal(normalise('✔ what was set (2.84ms)'), '✔ what was set (<duration>)');
});

test('names of pods are those of their order', () => {
  assert.equal(normalise(`report-${'6'.repeat(24)}-bp59n`), 'report-<order 1>-<pod>');
});

test('what counts is not touched', () => {
  const text = '{"status":"pending","report":true}\n  attempt 1 fails on purpose (demo.failTimes is 2)';
  assert.equal(normalise(text), text);
});

test('concurrent spans may start in any order', () => {
  const [one, other] = [
    [
      'launcher SERVER ● POST  ██   1 ms',
      'launcher INTERNAL ├ wait pod ▏  0 µs',
      'launcher CLIENT   └ POST  ▏  2 ms',
    ],
    [
      'launcher SERVER ● POST  ███  3 ms',
      'launcher CLIENT   ├ POST     ▏  2 ms',
      'launcher INTERNAL └ wait pod ▏  9 s',
    ],
  ].map((lines) => normalise(lines.join('\n')));
  assert.equal(one, other);
});

test('a span under another parent is seen', () => {
  const flat = 'a SERVER ● x\na CLIENT ├ y\na CLIENT └ z';
  assert.notEqual(normalise(flat), normalise('a SERVER ● x\na CLIENT └ y\na CLIENT   └ z'));
});

test('a note stays with its span', () => {
  const text = normalise(`\
poller       SERVER   ● root        ██  5 ms
poller       CONSUMER ├ z           ▏   1 ms
                      │ │ ✗ attempt 1 fails
poller       CONSUMER └ b           ▏   1 ms`);
  assert.equal(
    text,
    `\
poller SERVER ● root <duration>
  poller CONSUMER b <duration>
  poller CONSUMER z <duration>
    ✗ attempt 1 fails`,
  );
});
