import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { at, found } from '../../testing/lint.ts';
import { Forest } from '../model/forest.ts';
import { storeOf } from '../model/read-spans.ts';
import { limitsOf } from '../options.ts';
import { MessageEnds } from './message-ends.ts';
import { pairByTime } from './pair-by-time.ts';

const hex = (number: number) => number.toString(16).padStart(32, '0');
const to = (destination: string) => ({
  attributes: { 'messaging.system': 'x', 'messaging.destination.name': destination },
});

/** Returns a sender and a consumer for each pair of destinations. */
const pairs = (destinations: readonly [sent: string, taken: string][]) =>
  destinations.flatMap(([sent, taken], index) => [
    at(hex(2 * index + 1), '1', undefined, 'shop PRODUCER send', { atMs: [index, index + 1], ...to(sent) }),
    at(hex(2 * index + 2), '2', undefined, 'mail CONSUMER process', {
      atMs: [index + 10, index + 20],
      ...to(taken),
    }),
  ]);

/** Returns the number of pairs, and how often the facts of a message were read to find them. */
function counted(t: TestContext, destinations: readonly [sent: string, taken: string][]) {
  const ends = new MessageEnds(new Forest(storeOf(pairs(destinations))), new Set());
  const { mock } = t.mock.method(ends, 'facts');
  const { senders, consumers } = ends;
  const { size } = pairByTime(ends, { senders, consumers, limits: limitsOf({}) });
  return { size, looks: mock.callCount() };
}

test('a consumer looks at senders of its destination alone', (t) => {
  const count = 200;
  for (const nameOf of [
    (index: number): [string, string] => [`replies:amq.gen-${index}`, `replies:amq.gen-${index}`],
    (index: number): [string, string] => [`replies:amq.gen-${index}`, `amq.gen-${index}`],
    (index: number): [string, string] => [`https://sqs/17/q${index}`, `q${index}`],
    (index: number): [string, string] => [
      `arn:aws:sqs:eu-west-1:17:q${index}`,
      `arn:aws:sqs:eu-west-1:17:q${index}`,
    ],
    (index: number): [string, string] => [`q${index}`, `arn:aws:sqs:eu-west-1:17:q${index}`],
  ]) {
    const { size, looks } = counted(
      t,
      Array.from({ length: count }, (_, index) => nameOf(index)),
    );
    assert.equal(size, count, nameOf(1).join());
    assert.ok(looks < 10 * count, `${looks} looks for ${count} pairs of ${nameOf(1).join()}`);
  }
});

test('a destination is known by each of its forms', () => {
  for (const [sent, taken] of [
    ['parcels', 'parcels'],
    ['depot:parcels', 'parcels'],
    ['parcels', 'depot:parcels'],
    ['depot', 'depot:parcels'],
    ['https://sqs/17/parcels', 'parcels'],
    ['parcels', 'https://sqs/17/parcels'],
  ] as const)
    assert.equal(found(pairs([[sent, taken]])).length, 1, `${sent} ${taken}`);
});
