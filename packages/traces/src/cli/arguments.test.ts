import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../testing/command.ts';

test('help ends with 0 and the usage', async () => {
  const { code, out } = await command('--help');
  assert.equal(code, 0);
  assert.match(out, /^Usage: trace-assert /);
});

for (const [args, reason] of [
  [[], 'Nothing to do'],
  [['--print'], 'Give either --jaeger URL'],
  [['--print', '--file', 'a', '--jaeger', 'http://a'], 'Give either --jaeger URL'],
  [['--print', '--file', 'a', '--wait', '1s'], 'Give either --jaeger URL'],
  [['--print', '--jaeger', 'http://a'], 'Give either --jaeger URL'],
  [['--print', '--jaeger', 'localhost:1', '--trace', 'a'], '--jaeger localhost:1: expected a URL'],
  [['--print', '--jaeger', 'http://a', '--trace', 'a', '--wait', '10'], '--wait 10: expected a time'],
  [['--print', '--jaeger', 'http://a', '--trace', 'abc'], '--trace abc: expected 32 hex digits'],
  [['--print', '--file', 'a', '--extra', 'maybe'], '--extra maybe: expected allow or forbid'],
  [['--print', '--file', 'a', '--width', '20'], '--width 20: expected a number'],
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['--print', 'spans.json'], "Unexpected argument 'spans.json'"],
] as const) {
  test(`wrong use ends with 2: ${args.join(' ')}`, async () => {
    const { code, error } = await command(...args);
    assert.equal(code, 2);
    assert.ok(error.includes(reason), error);
    assert.match(error, /Usage: trace-assert/);
  });
}
