import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { inDecimal } from './in-decimal.ts';

const number = inDecimal(z.coerce.number().min(-100).max(100));

for (const [given, expected] of [
  ['80', 80],
  ['+80', 80],
  ['-80', -80],
  ['007', 7],
  ['1.50', 1.5],
  ['.1', 0.1],
  ['-.5', -0.5],
  ['5.', 5],
] as const)
  test(`${given} is a number in decimal digits`, () => {
    assert.equal(number.parse(given), expected);
  });

for (const given of [
  '',
  ' ',
  '0x10',
  '0b1',
  '1e1',
  '.',
  '+',
  '--1',
  '+-1',
  '1.2.3',
  '1_0',
  'Infinity',
  ' 1',
  '１',
])
  test(`${JSON.stringify(given)} is refused`, () => {
    assert.equal(number.safeParse(given).success, false);
  });

test('a number in decimal digits is described with its bounds', () => {
  const { type, minimum, maximum } = z.toJSONSchema(inDecimal(z.coerce.number().int().min(1).max(5)), {
    io: 'input',
  });
  assert.deepEqual({ type, minimum, maximum }, { type: 'integer', minimum: 1, maximum: 5 });
});

for (const [name, schema] of Object.entries({
  gt: z.coerce.number().gt(0),
  lt: z.coerce.number().max(9).lt(5),
  positive: z.coerce.number().positive(),
}))
  test(`a bound that is not allowed itself is refused: ${name}`, () => {
    assert.throws(() => inDecimal(schema), /use min\(\) and max\(\)/);
  });
