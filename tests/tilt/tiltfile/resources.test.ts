import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { REPORT_JOB_SELECTOR } from '../../../services/job-launcher/job-manifest.ts';
import { LASTING } from '../../../services/services.ts';
import { containersOf, deployedBy, find, workloadsIn } from '../support/overlay.ts';
import { readText } from '../../support/run.ts';
import { evaluate } from '../support/tiltfile.ts';

/** The pages and APIs that the tutorial uses, with the variables that set their ports. */
const PUBLISHED = { playground: 'PLAYGROUND_PORT', writer: 'WRITER_PORT', jaeger: 'TRACES_PORT' };

const up = await evaluate('up');
const objects = await deployedBy(up);

test('describes each workload and no other', () => {
  const described = up.callsOf('k8s_resource').flatMap(({ workload }) => workload ?? []);
  assert.deepEqual(
    described.toSorted(),
    workloadsIn(objects)
      .map(({ metadata }) => metadata?.name ?? '')
      .toSorted(),
  );
});

test('groups objects that are deployed', () => {
  for (const object of up.callsOf('k8s_resource').flatMap(({ objects: grouped = [] }) => grouped)) {
    const [name = '', kind = ''] = object.split(':');
    assert.ok(find(objects, kind, name), object);
  }
});

test('groups every resource under a label', () => {
  for (const { labels = [] } of [...up.callsOf('k8s_resource'), ...up.callsOf('local_resource')])
    assert.equal(labels.length, 1);
});

test('replaces the pod with the orders only when asked', () => {
  const manual = up.callsOf('k8s_resource').filter((resource) => resource.trigger_mode === 'manual');
  assert.deepEqual(
    manual.map(({ workload }) => workload),
    ['mongo'],
  );
});

test('publishes the ports of .env, on this machine alone', async () => {
  const env = parseEnv(await readText('.env'));
  const published = up.callsOf('k8s_resource').flatMap(({ workload, port_forwards: forwards = [] }) =>
    forwards.map(({ local_port: port, host, name }) => {
      assert.equal(host, '127.0.0.1');
      assert.ok(name);
      return [workload, String(port)];
    }),
  );
  assert.deepEqual(
    Object.fromEntries(published),
    Object.fromEntries(Object.entries(PUBLISHED).map(([name, variable]) => [name, env[variable]])),
  );
});

test('forwards to ports that the containers have', () => {
  for (const { workload = '', port_forwards: forwards = [] } of up.callsOf('k8s_resource')) {
    const described = workloadsIn(objects).filter(({ metadata }) => metadata?.name === workload);
    const ports = described.flatMap(containersOf).flatMap((container) => container.ports ?? []);
    for (const { container_port: port } of forwards)
      assert.ok(
        ports.some(({ containerPort }) => containerPort === port),
        `${workload} has no port ${port}`,
      );
  }
});

test('takes ports from the environment before .env', async () => {
  const other = await evaluate('up', {
    PLAYGROUND_PORT: '23080',
    WRITER_PORT: '23081',
    TRACES_PORT: '23686',
  });
  assert.deepEqual(
    other.callsOf('port_forward').map(({ local_port: port }) => port),
    [23_080, 23_081, 23_686],
  );
  const [command] = other.callsOf('v1alpha1.cmd');
  assert.deepEqual(command?.env, ['WRITER_URL=http://127.0.0.1:23081', 'TRACES_URL=http://127.0.0.1:23686']);
});

test('forwards on demand to Services that have the port', () => {
  const forwards = up.callsOf('local_resource').filter(({ name }) => name.startsWith('forward-'));
  const others = [...Object.values(LASTING).map(({ name }) => name), 'mongo'].filter(
    (name) => !(name in PUBLISHED),
  );
  assert.deepEqual(
    forwards.map(({ name }) => name).toSorted(),
    others.map((name) => `forward-${name}`).toSorted(),
  );
  for (const { name, serve_cmd: command = [], auto_init: isAutomatic } of forwards) {
    assert.equal(isAutomatic, false, name);
    const [target = '', port = ''] = command.slice(-2);
    const service = find(objects, 'Service', target.replace('service/', ''));
    assert.ok(
      service?.spec?.ports?.some((known) => String(known.port) === port),
      command.join(' '),
    );
  }
});

test('shows the pods of jobs under the label they get', () => {
  const [jobs, ...more] = up.callsOf('k8s_resource').filter((resource) => resource.extra_pod_selectors);
  assert.deepEqual(more, []);
  assert.deepEqual(
    jobs?.extra_pod_selectors?.map((labels) => Object.entries(labels).map((pair) => pair.join('='))),
    [[REPORT_JOB_SELECTOR]],
  );
  assert.deepEqual([jobs?.discovery_strategy, jobs?.pod_readiness], ['selectors-only', 'ignore']);
});
