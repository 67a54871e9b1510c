import { availableParallelism } from 'node:os';
import { EARLIER } from '../../queue/peers/installed.ts';
import { atMost, inRounds, type Figure } from '../figure.ts';
import type { Comparison } from './compare.ts';

const MAX_S = 300;
const MAX_RATIO = 1;
const MAX_SHARED_RATIO = 0.6;

/** Returns the rows of the table, with the medians of all rounds. */
export function figuresOf(comparisons: readonly Comparison[]): Figure[] {
  const each = (key: keyof Comparison): number[] => comparisons.map((comparison) => comparison[key]);
  const count = (key: keyof Comparison): string =>
    inRounds(each(key), { format: (names) => names.toLocaleString('en') });
  return [
    ...atMost(
      MAX_S,
      `time of \`npm test\` today, on ${availableParallelism()} processors`,
      each('todayMs').map((ms) => ms / 1e3),
      { format: (seconds) => seconds.toFixed(0), unit: ' s' },
    ),
    ...atMost(MAX_RATIO, `time of \`npm test\`: today / ${EARLIER}`, each('ratio')),
    { what: 'test names that run in `npm test` today', result: count('namesToday') },
    { what: `test names that run in \`npm test\` of ${EARLIER}`, result: count('namesEarlier') },
    {
      what: `test names of ${EARLIER} that also run in \`npm test\` today`,
      result: count('sharedNames'),
    },
    ...atMost(
      MAX_SHARED_RATIO,
      `time of the tests with the same name, added up: today / ${EARLIER}`,
      each('sharedRatio'),
    ),
  ];
}
