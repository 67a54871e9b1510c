import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';
import { parse } from 'yaml';
import { find, read } from './project-files.ts';

interface Job {
  if?: string;
  permissions?: unknown;
  'timeout-minutes'?: number;
  strategy?: { matrix: Record<string, unknown> };
  steps: Array<{ uses?: string; with?: Record<string, unknown>; run?: string }>;
}

interface Workflow {
  permissions?: Record<string, string>;
  concurrency?: { group?: string };
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = find('.github/workflows/*.yml');
const texts = files.map(read);
const workflows = texts.map((text) => parse(text) as Workflow);
const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs));
const steps = jobs.flatMap((job) => job.steps);
const ci = parse(read('.github/workflows/ci.yml')) as Workflow;
const settings = parseEnv(read('.env'));

const matrixOf = (job: string) => ci.jobs[job]?.strategy?.matrix;
const commandsOf = (job: string) => ci.jobs[job]?.steps.map(({ run = '' }) => run).join('\n') ?? '';

test('actions are pinned to a commit that names its version', () => {
  const used = texts.flatMap((text) => text.match(/uses: .*/g) ?? []);
  assert.equal(used.length, steps.filter(({ uses }) => uses).length);
  assert.deepEqual(
    used.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
    [],
  );
});

/** The jobs that need more than read access to contents: they publish, or upload results to the "Security" tab. */
const MORE_RIGHTS: Record<string, Record<string, string>> = {
  'release.yml publish': { actions: 'read', contents: 'write', 'id-token': 'write' },
  'codeql.yml analyze': { contents: 'read', 'security-events': 'write' },
  'scorecard.yml analyze': { contents: 'read', 'security-events': 'write' },
};

test('a workflow may read and no more', () => {
  for (const { permissions } of workflows) assert.deepEqual(permissions, { contents: 'read' });
  const given = files.flatMap((file, index) =>
    Object.entries(workflows[index]?.jobs ?? {}).flatMap(([name, { permissions }]) =>
      permissions === undefined ? [] : [[`${basename(file)} ${name}`, permissions]],
    ),
  );
  assert.deepEqual(Object.fromEntries(given), MORE_RIGHTS);
  // A pull request must not start the job that publishes.
  const { publish } = (parse(read('.github/workflows/release.yml')) as Workflow).jobs;
  assert.equal(publish?.if, "github.ref_type == 'tag'");
});

const MAX_MINUTES = 60;
const MAX_MINUTES_AT_NIGHT = 300;

test('no job runs on without a limit', () => {
  for (const [index, file] of files.entries()) {
    const limit = basename(file) === 'nightly.yml' ? MAX_MINUTES_AT_NIGHT : MAX_MINUTES;
    for (const [name, job] of Object.entries(workflows[index]?.jobs ?? {}))
      assert.ok(Number(job['timeout-minutes']) <= limit, `${file} ${name}`);
  }
});

test('a newer run takes the place of an older one', () => {
  for (const [index, file] of files.entries()) assert.ok(workflows[index]?.concurrency?.group, file);
});

test('no step keeps the credentials of the checkout', () => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  assert.deepEqual(
    checkouts.filter((step) => step.with?.['persist-credentials'] !== false),
    [],
  );
});

test('no script is put together from an event', () => {
  // The shell would run code in a title or a branch name: https://docs.github.com/en/actions/reference/security/secure-use
  assert.deepEqual(
    steps.filter(({ run = '' }) => /\$\{\{\s*(github|inputs)\b/.test(run)),
    [],
  );
});

test('tests run on each system and Node', () => {
  const linux = ['ubuntu-24.04', 'ubuntu-24.04-arm'];
  assert.deepEqual(matrixOf('test'), { runner: [...linux, 'macos-15'] });
  assert.match(commandsOf('test'), /scripts\/ci\/start\nscripts\/ci\/test\nnpm test -- slow image truth/);
  assert.deepEqual(matrixOf('later-node'), { runner: linux, node: [26] });
  assert.match(commandsOf('later-node'), /node scripts\/test\.ts\nnode scripts\/test\.ts slow image truth/);
  assert.deepEqual(matrixOf('compose'), { runner: linux, cluster: ['k3s', 'light'] });
  assert.match(
    commandsOf('compose'),
    /compose up --build --wait[^]*npm run scenario[^]*scripts\/ci\/compose/,
  );
});

test('nothing is left out on a public runner', () => {
  for (const name of ['ci.yml', 'nightly.yml']) {
    const { env } = parse(read(`.github/workflows/${name}`)) as Workflow;
    assert.deepEqual(env, { NOTHING_LEFT_OUT: 'on' }, name);
  }
});

test('a release has tarballs, SBOM and recorded page', () => {
  const { pack, publish } = (parse(read('.github/workflows/release.yml')) as Workflow).jobs;
  const made = pack?.steps.map(({ run = '' }) => run).join('\n') ?? '';
  assert.match(made, /npm run pack[^]*dist\/sbom\.spdx\.json[^]*npm run screenshots -- --recorded/);
  const released = publish?.steps.find(({ run }) => run?.startsWith('gh release create'))?.run ?? '';
  for (const asset of ['dist/*.tgz', 'dist/sbom.spdx.json', 'dist/playground.html'])
    assert.ok(released.split(' ').includes(asset), asset);
});

test('every image that is made here is scanned', () => {
  const made = [...read('Dockerfile').matchAll(/image\.title="([^"]+)"/g)].map(([, title]) => title);
  assert.ok(made.length > 5);
  const output = join(mkdtempSync(join(tmpdir(), 'workflow-test-')), 'output');
  const env = { ...process.env, GITHUB_OUTPUT: output };
  execFileSync('bash', ['-e', '-c', commandsOf('image-targets')], { cwd: ROOT, env });
  const [, targets = ''] = /^targets=(.*)$/m.exec(readFileSync(output, 'utf8')) ?? [];
  rmSync(dirname(output), { recursive: true });
  assert.deepEqual(new Set([...(JSON.parse(targets) as string[]), 'k3s']), new Set(made));
  assert.equal(matrixOf('images')?.['target'], '${{ fromJSON(needs.image-targets.outputs.targets) }}');
  const uses = ci.jobs['images']?.steps.map((step) => step.uses?.split('@')[0]);
  assert.ok(uses?.includes('anchore/sbom-action') && uses.includes('anchore/scan-action'));
});

test('Renovate finds the tag of each base image', () => {
  const { customManagers } = JSON.parse(read('.github/renovate.json')) as {
    customManagers: Array<{ matchStrings: string[] }>;
  };
  const pattern = new RegExp(customManagers[0]?.matchStrings[0] ?? '', 'g');
  const found = [...read('.env').matchAll(pattern)].map(({ groups }) => groups);
  const images = Object.entries(settings).filter(([name]) => name.endsWith('_IMAGE'));
  assert.deepEqual(
    new Set(found.map((groups) => `${groups?.['depName']}:${groups?.['currentValue']}`)),
    new Set(images.map(([, image]) => image)),
  );
});

test('Renovate finds each program that CI installs', () => {
  const { customManagers } = JSON.parse(read('.github/renovate.json')) as {
    customManagers: Array<{ matchStrings: string[] }>;
  };
  const used = find('scripts/ci/*', 'scripts/ci/support/*')
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .map(read)
    .join('\n');
  for (const [index, helper] of ['go_program', 'python_program'].entries()) {
    const calls = used.match(new RegExp(`^ *${helper} .*`, 'gm')) ?? [];
    const pattern = new RegExp(customManagers[index + 1]?.matchStrings[0] ?? '', 'g');
    assert.ok(calls.length > 0);
    assert.equal(used.match(pattern)?.length, calls.length, helper);
  }
});

test('the devcontainer forwards the ports of the demo', () => {
  const { forwardPorts } = parse(read('.devcontainer/devcontainer.json').replaceAll(/^\s*\/\/.*$/gm, '')) as {
    forwardPorts: number[];
  };
  const ports = ['PLAYGROUND_PORT', 'WRITER_PORT', 'TRACES_PORT'].map((name) => Number(settings[name]));
  assert.deepEqual(forwardPorts, ports);
});
