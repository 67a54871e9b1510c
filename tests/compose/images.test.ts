import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SERVICES } from '../../services/all-services.ts';
import { readText } from '../support/run.ts';
import { docker, lines, settings } from './support/docker.ts';

const PREFIX = `beyond-headers-test-images-${process.pid}`;
const TARGETS = [...SERVICES.map(({ name }) => name), 'light-cluster', 'tools'];
const REPORT_JOB_BUDGET_BYTES = 80 * 10 ** 6;

let nodeImage = '';
let lockfile: Lockfile;
before(async () => {
  nodeImage = (await settings())['NODE_IMAGE'] ?? '';
  lockfile = JSON.parse(await readText('package-lock.json')) as Lockfile;
  await Promise.all(TARGETS.map(build));
});
after(() => docker(['image', 'rm', '--force', ...TARGETS.map((target) => `${PREFIX}-${target}`)]));

/** Builds a target. All targets build in parallel, because the builder runs their shared stages only once. */
async function build(target: string): Promise<void> {
  const args = ['--build-arg', `NODE_IMAGE=${nodeImage}`, '--tag', `${PREFIX}-${target}`];
  await docker(['build', '--quiet', '--target', target, ...args, '.']);
}

/** Returns the output of a shell command in the image, which runs without a network. */
const inside = (target: string, script: string): Promise<string> =>
  docker(['run', '--rm', '--network', 'none', '--entrypoint', 'sh', `${PREFIX}-${target}`, '-c', script]);

const sizeOf = async (image: string): Promise<number> =>
  Number(await docker(['image', 'inspect', '--format', '{{.Size}}', image]));

for (const target of TARGETS) {
  test(`${target}: what it holds is for production`, async () => {
    const installed = lines(
      await inside(target, 'cd /app && ls -d node_modules/* node_modules/@*/* */*/node_modules/* || true'),
    );
    assert.ok(installed.length > 50, `${installed.length} packages`);
    // The lockfile marks packages as `dev` if no production dependency needs them.
    assert.deepEqual(
      installed.filter((path) => lockfile.packages[path]?.dev),
      [],
    );
    assert.equal(await inside(target, "find /app -name '*.test.ts' -o -path '*/.bin/tsc'"), '');
  });

  test(`${target}: nothing in it is for one processor`, async () => {
    assert.equal(await inside(target, "find /app -name '*.node'"), '');
  });

  test(`${target}: says what it is and does not run as root`, async () => {
    const [found] = JSON.parse(await docker(['image', 'inspect', `${PREFIX}-${target}`])) as Inspected[];
    assert.equal(found?.Config.User, '1000:1000');
    const labels = found.Config.Labels;
    assert.equal(labels['org.opencontainers.image.title'], target);
    assert.equal(labels['org.opencontainers.image.licenses'], 'Apache-2.0');
    assert.ok(labels['org.opencontainers.image.description']);
    const write = 'touch /app/x 2>/dev/null && echo written || echo refused';
    assert.equal(await inside(target, write), 'refused\n');
    const install = 'command -v npm || command -v yarn || echo none';
    assert.equal(await inside(target, install), 'none\n');
  });
}

test('report-job adds no more than 80 MB', async () => {
  const added = (await sizeOf(`${PREFIX}-report-job`)) - (await sizeOf(nodeImage));
  console.log(`report-job adds ${(added / 10 ** 6).toFixed(1)} MB to its base`);
  assert.ok(added <= REPORT_JOB_BUDGET_BYTES, `${added} bytes`);
});

test('report-job compiles nothing when it starts', async () => {
  const count = 'find /app/.compile-cache -type f | wc -l';
  assert.ok(Number(await inside('report-job', count)) > 100);
});

interface Lockfile {
  /** The key is the path of the installed package. */
  packages: Record<string, { dev?: boolean }>;
}

interface Inspected {
  Config: { User: string; Labels: Record<string, string> };
}
