import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<
    string,
    { permissions?: unknown; steps: Array<{ uses?: string; with?: Record<string, unknown>; run?: string }> }
  >;
}

const ROOT = join(import.meta.dirname, '..');
const files = globSync('.github/workflows/*.yml', { cwd: ROOT });
const workflows = files.map((file) => parse(readFileSync(join(ROOT, file), 'utf8')) as Workflow);
const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs));
const steps = jobs.flatMap((job) => job.steps);

test('actions are pinned to a commit', () => {
  const used = steps.flatMap(({ uses }) => uses ?? []);
  assert.ok(used.length > 0);
  assert.deepEqual(
    used.filter((uses) => !/@[0-9a-f]{40}$/.test(uses)),
    [],
  );
});

test('a workflow may read and no more', () => {
  for (const { permissions } of workflows) assert.deepEqual(permissions, { contents: 'read' });
  assert.deepEqual(
    jobs.filter(({ permissions }) => permissions !== undefined),
    [],
  );
});

test('no step keeps the credentials of the checkout', () => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  assert.deepEqual(
    checkouts.filter((step) => step.with?.['persist-credentials'] !== false),
    [],
  );
});

test('no script is put together from an event', () => {
  // A title or a branch name in `run` would be run: https://docs.github.com/en/actions/reference/security/secure-use
  assert.deepEqual(
    steps.filter(({ run = '' }) => /\$\{\{\s*(github|inputs)\b/.test(run)),
    [],
  );
});
