import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { docker, lines, settings } from './support/docker.ts';

const PREFIX = `beyond-headers-test-images-${process.pid}`;
const TARGETS = ['writer', 'poller', 'job-launcher', 'playground', 'report-job', 'light-cluster', 'tools'];
const DEVELOPMENT = ['typescript', '.bin/tsc', 'oxlint', 'prettier', 'supertest', 'fast-check', 'knip'];
const REPORT_JOB_BUDGET_BYTES = 80 * 10 ** 6;

let nodeImage = '';
before(async () => {
  nodeImage = (await settings())['NODE_IMAGE'] ?? '';
  for (const target of TARGETS) {
    const args = ['--build-arg', `NODE_IMAGE=${nodeImage}`, '--tag', `${PREFIX}-${target}`];
    await docker(['build', '--quiet', '--target', target, ...args, '.']);
  }
});
after(() => docker(['image', 'rm', '--force', ...TARGETS.map((target) => `${PREFIX}-${target}`)]));

/** What a shell command in the image says, without a network. */
const inside = (target: string, script: string): Promise<string> =>
  docker(['run', '--rm', '--network', 'none', '--entrypoint', 'sh', `${PREFIX}-${target}`, '-c', script]);

const sizeOf = async (image: string): Promise<number> =>
  Number(await docker(['image', 'inspect', '--format', '{{.Size}}', image]));

for (const target of TARGETS) {
  test(`${target}: nothing for development is in it`, async () => {
    const isPackage = DEVELOPMENT.map((name) => `-path '*/node_modules/${name}'`).join(' -o ');
    const found = await inside(target, `find /app -name '*.test.ts' -o ${isPackage}`);
    assert.deepEqual(lines(found), []);
  });

  test(`${target}: says what it is and runs as nobody`, async () => {
    const [found] = JSON.parse(await docker(['image', 'inspect', `${PREFIX}-${target}`])) as Inspected[];
    assert.equal(found?.Config.User, '1000:1000');
    const labels = found.Config.Labels;
    assert.equal(labels['org.opencontainers.image.title'], target);
    assert.equal(labels['org.opencontainers.image.licenses'], 'Apache-2.0');
    assert.ok(labels['org.opencontainers.image.description']);
    assert.equal(
      await inside(target, 'touch /app/x 2>/dev/null && echo written || echo refused'),
      'refused\n',
    );
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

interface Inspected {
  Config: { User: string; Labels: Record<string, string> };
}
