import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoSuite } from './support/demo-suite.ts';
import { docker, settings } from './support/docker.ts';
import type { ComposeProject } from './support/project.ts';

const LAUNCHER = '--as=system:serviceaccount:beyond-headers:job-launcher';

function kubectl(project: ComposeProject, ...args: string[]): Promise<string> {
  return project.exec('k3s', 'kubectl', '--namespace', 'beyond-headers', ...args);
}

/** Returns `yes` or `no`. Ignores kubectl's exit code, which is 1 for `no`. */
async function mayLauncher(project: ComposeProject, verb: string, resource: string): Promise<string> {
  const script = `kubectl auth can-i ${verb} ${resource} --namespace beyond-headers ${LAUNCHER} || true`;
  return (await project.exec('k3s', 'sh', '-c', script)).trim();
}

function ofThisCluster(project: () => ComposeProject): void {
  test('the launcher may make Jobs and no more', async () => {
    assert.equal(await mayLauncher(project(), 'create', 'jobs'), 'yes');
    for (const [verb, resource] of [
      ['get', 'secrets'],
      ['create', 'pods'],
      ['patch', 'jobs'],
      ['delete', 'jobs'],
      ['create', 'pods/exec'],
    ] as const)
      assert.equal(await mayLauncher(project(), verb, resource), 'no', `${verb} ${resource}`);
  });

  test("the launcher's kubeconfig is not the cluster's own", async () => {
    const text = await project().exec('job-launcher', 'cat', '/kubeconfig/job-launcher');
    assert.match(text, /token: /);
    assert.doesNotMatch(text, /client-key-data/);
  });

  test("a pod gets its password by a Secret's name", async () => {
    const [job] = (JSON.parse(await kubectl(project(), 'get', 'jobs', '-o', 'json')) as Jobs).items;
    const env = job?.spec.template.spec.containers[0]?.env ?? [];
    const uri = env.find(({ name }) => name === 'MONGODB_URI');
    assert.deepEqual(uri?.valueFrom?.secretKeyRef, { name: 'report-job-mongodb', key: 'uri' });
    assert.doesNotMatch(JSON.stringify(env), /mongodb:\/\//);
  });

  test('the image in k3s is the image of the Dockerfile', async () => {
    const { name } = project();
    const tag = `${name}-report-job`;
    const { NODE_IMAGE = '' } = await settings();
    await docker([
      'build',
      '--quiet',
      '--target',
      'report-job',
      '--build-arg',
      `NODE_IMAGE=${NODE_IMAGE}`,
      '--tag',
      tag,
      '.',
    ]);
    const [built] = JSON.parse(await docker(['image', 'inspect', tag])) as Array<{ Config: ImageConfig }>;
    await docker(['image', 'rm', tag]);
    const archive = 'tar -xOf /opt/beyond-headers/images/report-job.tar config.json';
    const packed = JSON.parse(await project().exec('k3s', 'sh', '-c', archive)) as {
      config: ImageConfig;
    };
    const { User, WorkingDir, Entrypoint, Cmd, Env } = built?.Config ?? ({} as ImageConfig);
    assert.deepEqual(
      { ...packed.config, Env: packed.config.Env.toSorted() },
      { User, WorkingDir, Entrypoint, Cmd, Env: Env.toSorted() },
    );
  });
}

demoSuite({ cluster: 'k3s', node: 'k3s', memoryBudgetMib: 3072, more: ofThisCluster });

interface ImageConfig {
  User: string;
  WorkingDir: string;
  Entrypoint: string[];
  Cmd: string[];
  Env: string[];
}

interface Jobs {
  items: Array<{ spec: { template: { spec: { containers: Array<{ env: EnvVar[] }> } } } }>;
}

interface EnvVar {
  name: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } };
}
