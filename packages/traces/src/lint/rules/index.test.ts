import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleIds } from '../finding.ts';
import { ruleOf, rules } from './index.ts';

test('each rule says what it finds, by which source, and what mends it', () => {
  assert.deepEqual(
    rules.map(({ id }) => id),
    ruleIds,
  );
  for (const { id, definition, sources, cannotKnow, mend } of rules) {
    assert.equal(ruleOf(id).id, id);
    assert.ok(sources.length > 0 && sources.every((source) => URL.canParse(source)), id);
    for (const text of [definition, cannotKnow, mend]) assert.match(text, /^[A-Z].+\.$/, id);
  }
});
