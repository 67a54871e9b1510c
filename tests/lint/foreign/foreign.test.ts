import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { ruleIds } from '@beyond-headers/traces/lint';
import {
  areGood,
  compare,
  readLabels,
  score,
  titleOf,
  type Expected,
  type Labels,
  type Verdict,
} from './labels.ts';
import { lint } from './lint.ts';
import { readRecording, recordings, spansOf, type Named } from './recordings.ts';
import { SYSTEMS } from './systems.ts';

const all = recordings();

test('every recording has labels that fit it', async () => {
  for (const { system, name, path, labelsPath } of all) {
    const labels = await readLabels(labelsPath);
    const spans = spansOf(await readRecording(path));
    assert.deepEqual(misfits(labels, spans), [], `${system}/${name}`);
  }
});

test('there are forty foreign hops and more', async () => {
  const labels = await Promise.all(all.map(({ labelsPath }) => readLabels(labelsPath)));
  const hops = labels.reduce((sum, { expected, right }) => sum + expected.length + right.length, 0);
  assert.ok(hops >= 40, `${hops} hops`);
});

test('the recordings of all systems stay small', () => {
  const bytes = all.reduce(
    (sum, { path, labelsPath }) => sum + statSync(path).size + statSync(labelsPath).size,
    0,
  );
  assert.ok(bytes < 300_000, `${bytes} bytes`);
});

test('every system has a right form and a break', async () => {
  for (const { name: system } of SYSTEMS) {
    const labels = await Promise.all(recordings([system]).map(({ labelsPath }) => readLabels(labelsPath)));
    assert.ok(
      labels.some(({ expected }) => expected.length === 0),
      `${system}: no right form`,
    );
    assert.ok(
      labels.some(({ expected }) => expected.length > 0),
      `${system}: no break`,
    );
  }
});

test('a comparison counts each finding once', () => {
  const [from, to] = [
    { service: 'a', kind: 'PRODUCER', name: 'send' },
    { service: 'b', kind: 'CONSUMER', name: 'process' },
  ];
  const lost: Expected = { rule: 'lost-context', from, to };
  const root: Expected = { rule: 'root-client', to };
  const labels: Labels = { about: '', expected: [lost, lost], open: [root], right: [] };
  const verdict = compare([lost, root, { rule: 'orphan', to }], labels);
  assert.deepEqual(verdict, { hits: [lost], missed: [lost], wrong: [{ rule: 'orphan', to }] });
  assert.deepEqual(score([verdict]), { precision: 0.5, recall: 0.5 });
  assert.deepEqual(compare([{ rule: 'lost-context', from: to, to: from }], labels).hits, []);
  assert.deepEqual(
    compare([{ rule: 'root-client', from: to }], { ...labels, expected: [root] }).hits.length,
    1,
  );
});

test('lint finds what the labels say', async () => {
  const verdicts: Verdict[] = [];
  for (const { path, labelsPath } of all)
    verdicts.push(compare(await lint(path), await readLabels(labelsPath)));
  assert.ok(areGood(verdicts), JSON.stringify(score(verdicts)));
});

/** Returns the hops, spans, and rules that labels name, but that don't exist. */
function misfits({ expected, open = [], right }: Labels, spans: readonly Named[]): string[] {
  const names = new Set(spans.map(titleOf));
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const edges = spans.flatMap((span) =>
    span.hangsOn.flatMap((id) => {
      const from = byId.get(id);
      return from ? [`${titleOf(from)} > ${titleOf(span)}`] : [];
    }),
  );
  const missing = right
    .map(({ from, to }) => `${titleOf(from)} > ${titleOf(to)}`)
    .filter((hop) => !take(edges, hop));
  const unknown = [...expected, ...open]
    .flatMap(({ from, to }) => [from, to])
    .filter((end) => end !== undefined)
    .map(titleOf)
    .filter((title) => !names.has(title));
  const rules = [...expected, ...open]
    .map(({ rule }) => rule)
    .filter((rule) => !ruleIds.some((id) => id === rule));
  return [...missing, ...unknown, ...rules];
}

function take(list: string[], item: string): boolean {
  const at = list.indexOf(item);
  if (at !== -1) list.splice(at, 1);
  return at !== -1;
}
