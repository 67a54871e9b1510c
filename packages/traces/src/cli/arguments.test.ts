import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../testing/command.ts';

for (const [args, usage] of [
  [['--help'], /^Usage: traces COMMAND.+ assert .+ draw /s],
  [['assert', '--help'], /^Usage: traces assert /],
  [['draw', '--file', 'a', '--help'], /^Usage: traces draw /],
  [['-h'], /^Usage: traces COMMAND/],
  [['draw', '-h'], /^Usage: traces draw/],
] as const) {
  test(`help ends with 0: ${args.join(' ')}`, async () => {
    const { code, out } = await command(...args);
    assert.equal(code, 0);
    assert.match(out, usage);
  });
}

const there = ['--expect', 'a.yaml', '--file', 'a'];

for (const [args, reason] of [
  [[], 'traces: got no command. Expected one of assert, draw'],
  [['asert'], 'traces: got "asert". Expected one of assert, draw'],
  [['constructor'], 'traces: got "constructor". Expected one of'],
  [['--file', 'a'], 'traces: got "--file". Expected one of'],
  [['assert'], 'Give --expect FILE'],
  [['assert', '--print', '--file', 'a'], 'Give --expect FILE'],
  [['assert', '--expect', 'a'], 'Give either --jaeger URL'],
  [['assert', ...there, '--jaeger', 'http://a'], 'Give either --jaeger URL'],
  [['assert', ...there, '--wait', '1s'], 'Give either --jaeger URL'],
  [['assert', ...there, '--extra', 'maybe'], '--extra maybe: expected allow or forbid'],
  [['assert', ...there, '--width', '20'], '--width 20: expected a number'],
  [['assert', '--nonsense'], "Unknown option '--nonsense'"],
  [['assert', 'spans.json'], "Unexpected argument 'spans.json'"],
  [['draw'], 'Give either --jaeger URL'],
  [['draw', '--jaeger', 'http://a'], 'Give either --jaeger URL'],
  [['draw', '--jaeger', 'localhost:1', '--trace', 'a'], '--jaeger localhost:1: expected a URL'],
  [['draw', '--jaeger', 'ftp://ada:s3cret@b', '--trace', 'a'], '--jaeger ftp://…@b: expected a URL'],
  [['draw', '--jaeger', 'http://a', '--trace', 'a', '--wait', '10'], '--wait: got "10". Expected a time'],
  [['draw', '--jaeger', 'http://a', '--trace', 'abc'], '--trace abc: expected 32 hex digits'],
  [['draw', '--file', 'a', '--width', 'wide'], '--width wide: expected a number'],
  [['draw', '--file', 'a', '--expect', 'b'], "Unknown option '--expect'"],
] as const) {
  test(`wrong use ends with 2: ${args.join(' ')}`, async () => {
    const { code, error } = await command(...args);
    assert.equal(code, 2);
    assert.ok(error.includes(reason), error);
    assert.match(error, /Usage: traces /);
  });
}
