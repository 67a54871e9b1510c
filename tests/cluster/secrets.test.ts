import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { until } from '../support/until.ts';
import { launch, startClusterSystem, storeOrder, type ClusterSystem } from './support/system.ts';

const SMUGGLED = '$(MONGODB_URI)';

const system = await startClusterSystem();
after(() => system.stop());

test("a caller's trace context can't copy a secret", async () => {
  const launcher = await system.start('job-launcher', system.launcherEnv);
  const orderId = await storeOrder(system, 'smuggler');
  const { jobName } = await launch(launcher, orderId, {
    traceparent: `00-${'e'.repeat(32)}-${'f'.repeat(16)}-01`,
    tracestate: `vendor=${SMUGGLED},other=$${SMUGGLED}`,
    baggage: `demo.customer.tier=${SMUGGLED};p=${SMUGGLED}`,
  });
  const env = await environmentIn(system, jobName);
  const uri = env['MONGODB_URI'] ?? '';
  assert.ok(uri.startsWith('mongodb://'));
  assert.equal(env['TRACESTATE'], `vendor=${SMUGGLED},other=$${SMUGGLED}`);
  // Text in both places: the propagator percent-encodes the value of a baggage entry, but not its metadata.
  assert.equal(env['BAGGAGE'], `demo.customer.tier=%24(MONGODB_URI);p=${SMUGGLED}`);
  const leaks = Object.entries(env).filter(([name, value]) => name !== 'MONGODB_URI' && value.includes(uri));
  assert.deepEqual(leaks, []);
  await launcher.kill();
});

/** Returns the environment of a pod with the Job's template. The pod only prints its environment. */
async function environmentIn({ namespace }: ClusterSystem, jobName: string): Promise<Record<string, string>> {
  const { batch, core, name } = namespace;
  const job = await batch.readNamespacedJob({ namespace: name, name: jobName });
  const spec = structuredClone(job.spec!.template.spec!);
  spec.containers[0]!.command = ['node', '-e', 'console.log(JSON.stringify(process.env))'];
  await core.createNamespacedPod({ namespace: name, body: { metadata: { name: 'printer' }, spec } });
  await until(
    () => core.readNamespacedPod({ namespace: name, name: 'printer' }),
    ({ status }) => status?.phase === 'Succeeded',
    { deadlineMs: 30_000 },
  );
  return JSON.parse(await core.readNamespacedPodLog({ namespace: name, name: 'printer' }));
}
