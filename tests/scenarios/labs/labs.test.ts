import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drawTraces } from './draw.ts';
import { staleContextLabs } from './stale-context.ts';

const page = readFileSync(new URL('../../../docs/explanation/stale-context.md', import.meta.url), 'utf8');

for (const lab of staleContextLabs) {
  for (const side of ['wrong', 'right'] as const) {
    test(`${lab.title}: the ${side} trace`, async () => {
      const spans = await lab[side]();
      assert.equal(drawTraces(spans), lab.expected[side]);
      assert.ok(
        page.includes(drawTraces(spans, '    ')),
        'docs/explanation/stale-context.md shows another trace',
      );
    });
  }
}
