import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { parse } from 'yaml';
import { find, read } from './project-files.ts';

interface Step {
  run?: string;
  env?: Record<string, string>;
}

interface Job {
  strategy?: { matrix: { step?: string[] } };
  steps: Step[];
}

const steps = find('scripts/ci/*')
  .map((path) => basename(path))
  .filter((name) => name !== 'support');

test('every step is run by a command and by a workflow', () => {
  assert.ok(steps.length > 15);
  const commands = new Set([...stepsIn(read('.ci/run')), ...stepsIn(read('scripts/ci/nightly')), 'nightly']);
  assert.deepEqual(notIn(commands), [], '.ci/run or scripts/ci/nightly');
  const workflows = find('.github/workflows/*.yml').flatMap((path) => workflowSteps(read(path)));
  // A workflow that runs `nightly` also runs the steps in it.
  const nightly = workflows.includes('nightly') ? stepsIn(read('scripts/ci/nightly')) : [];
  assert.deepEqual(notIn(new Set([...workflows, ...nightly])), [], '.github/workflows');
});

test('nothing runs a step that there is not', () => {
  const named = ['.ci/run', 'scripts/ci/nightly', ...find('.github/workflows/*.yml')].flatMap((path) => [
    ...stepsIn(read(path)),
    ...(path.endsWith('.yml') ? workflowSteps(read(path)) : []),
  ]);
  assert.deepEqual(
    named.filter((name) => !steps.includes(name)),
    [],
  );
});

test('a step needs nothing outside the repository', () => {
  for (const path of find('scripts/ci/**/*').filter((path) => path !== 'scripts/ci/support')) {
    assert.doesNotMatch(read(path), /\.\.\/shared|\/work\//, path);
    if (!path.includes('/support/'))
      assert.match(read(path), /^#!\/usr\/bin\/env bash\n# [A-Z]/, `${path} says what it is`);
  }
});

test('what is left out fails where nothing may be', () => {
  const empty = mkdtempSync(join(tmpdir(), 'ci-steps-'));
  const compose = (env: NodeJS.ProcessEnv) =>
    spawnSync('/bin/bash', ['scripts/ci/compose'], {
      cwd: ROOT,
      env: { PATH: empty, ...env },
      encoding: 'utf8',
    });
  const lenient = compose({});
  assert.match(lenient.stdout, /left out: test:compose/);
  assert.equal(lenient.status, 0, lenient.stderr);
  const strict = compose({ NOTHING_LEFT_OUT: 'on' });
  assert.match(strict.stderr, /NOTHING_LEFT_OUT/);
  assert.equal(strict.status, 1);
  rmSync(empty, { recursive: true });
});

/** Returns the names of the steps that the text's commands run by path. */
function stepsIn(text: string): string[] {
  return [...text.matchAll(/^[^#\n]*?\bscripts\/ci\/([a-z-]+)(?![a-z-]*\/)/gm)].map(([, name = '']) => name);
}

/** Returns the names of the steps that a workflow runs, by path or through a job's matrix. */
function workflowSteps(text: string): string[] {
  const { jobs } = parse(text) as { jobs: Record<string, Job> };
  return Object.values(jobs).flatMap(({ strategy, steps }) => {
    const runs = steps.map(({ run = '' }) => run);
    const fromMatrix = runs.includes('"scripts/ci/$STEP"') ? (strategy?.matrix.step ?? []) : [];
    return [...runs.flatMap(stepsIn), ...fromMatrix];
  });
}

const notIn = (run: ReadonlySet<string>): string[] => steps.filter((name) => !run.has(name));
