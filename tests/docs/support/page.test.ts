import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSteps } from './page.ts';

const fence = (first: string, ...lines: string[]) => ['```' + first, ...lines, '```', ''].join('\n');

test('an output belongs to the commands before it', () => {
  const source = `# A\n\n${fence('sh', 'echo a')}\nwhich prints\n\n${fence('text', 'a')}\n${fence('sh', 'true')}`;
  const steps = readSteps('a.md', source);
  assert.deepEqual(
    steps.map(({ text, line, output }) => [text, line, output?.text]),
    [
      ['echo a', 3, 'a'],
      ['true', 13, undefined],
    ],
  );
  const output = steps[0]?.output;
  assert.equal(source.slice(output?.start, output?.end), 'a');
});

test('an output without commands is refused', () => {
  assert.throws(() => readSteps('a.md', fence('text', 'a')), /a\.md:1: .* there is none/);
  const twice = fence('sh', 'true') + fence('text', 'a') + fence('text', 'b');
  assert.throws(() => readSteps('a.md', twice), /a\.md:7: /);
});

test('a block that would be passed over is refused', () => {
  assert.throws(
    () => readSteps('a.md', `- first\n\n  ${fence('sh', '  true')}`),
    /a\.md:1: a block in a list/,
  );
  assert.throws(() => readSteps('a.md', fence('bash', 'true')), /a\.md:1: a bash block.* Expected sh/);
  assert.throws(() => readSteps('a.md', `\n${fence('sh oops', 'true')}`), /a\.md:2: got "oops"/);
});

test('blocks of other languages stay in order', () => {
  const source = fence('ts from a.ts', 'x') + fence('', 'only shown') + fence('sh', 'true');
  assert.deepEqual(
    readSteps('a.md', source).map(({ info }) => info.language),
    ['ts', '', 'sh'],
  );
});
