import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file } from '../testing/folder.ts';
import { readExpectation } from './expectation-file.ts';

for (const [text, place, reason] of [
  ['span: a\nchildren:\n  - span: b\n    nmae: c\n', '4:5', 'got "nmae". Expected one of the fields'],
  ['span: a\nchildren:\n  - { span: b, kind: server }\n', '3:22', 'got "server"'],
  ['roots:\n  - a\n  - 5\n', '3:5', 'got 5. Expected a label or an object'],
  ['roots: [a]\nextras: forbid\n', '2:1', 'got extras: "forbid". Expected roots, extra'],
  ['span: a\nchildren: [b\n', '3:1', 'not valid YAML: '],
  ['span: a\nspan: b\n', '2:1', 'not valid YAML: Map keys must be unique'],
  ['', '1:1', 'got null'],
] as const) {
  test(`a fault in the expectation is named by line and column: ${reason}`, async () => {
    const path = await file('faulty.yaml', text);
    await assert.rejects(readExpectation(path), ({ message }: Error) => {
      assert.ok(message.startsWith(`${path}:${place}: `), message);
      assert.ok(message.includes(reason), message);
      return true;
    });
  });
}
