import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../view/settings.ts';
import { RECORDINGS_ID, type Recording } from '../view/recording.ts';
import { renderRecordedPage } from './recorded-page.ts';

const HOSTILE = '</script><script>alert(1)</script>';
const recording: Recording = {
  summary: {
    runId: 'a'.repeat(32),
    settings: { ...DEFAULT_SETTINGS, customer: HOSTILE },
    startedAtMs: 1_764_000_000_000,
  },
  updates: [],
  carriers: [],
};

const page = renderRecordedPage([recording]);
const scriptOf = (attributes: string): string =>
  new RegExp(`<script ${attributes}>(.*?)</script>`, 's').exec(page)?.[1] ?? '';

test('the recorded page loads nothing beside itself', () => {
  assert.doesNotMatch(page, /<script[^>]*\bsrc=|<link rel="(stylesheet|modulepreload)"/);
  assert.match(page, /http-equiv="content-security-policy" content="default-src 'none';/);
});

test('every import of the recorded page is in its map', () => {
  const { imports } = JSON.parse(scriptOf('type="importmap"')) as { imports: Record<string, string> };
  assert.ok(Object.keys(imports).length > 20);
  const code = Object.values(imports).map((url) => Buffer.from(url.split(',')[1] ?? '', 'base64').toString());
  const named = [scriptOf('type="module"'), ...code]
    .join('\n')
    .matchAll(/^(?:import |(?:import|export)\b[^'";]*\bfrom )'([^']+)';$/gm);
  for (const [, specifier = ''] of named) assert.ok(imports[specifier], specifier);
});

test('a text of a run ends no script', () => {
  assert.ok(!page.includes(HOSTILE));
  const kept = JSON.parse(scriptOf(`type="application/json" id="${RECORDINGS_ID}"`)) as Recording[];
  assert.deepEqual(kept, [recording]);
});

test('the recorded page names the day of its runs', () => {
  assert.match(page, /Real runs of 2025-11-24/);
});
