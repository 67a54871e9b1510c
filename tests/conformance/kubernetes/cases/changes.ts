import assert from 'node:assert/strict';
import { PatchStrategy } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob } from '../manifests.ts';
import { change } from '../patches.ts';
import { refusalOf } from '../refusals.ts';

const NOTES = '/metadata/annotations';

/** Patches of Jobs. */
export const changes: ContractCase[] = [
  {
    name: 'a JSON patch does all its operations, or none',
    async run(contract: Contract) {
      await suspendedJob(contract, 'operations');
      const patch = (body: object[]) => change(contract, 'operations', body, PatchStrategy.JsonPatch);
      const { metadata } = await patch([
        { op: 'add', path: NOTES, value: { 'a/b': '1', c: '2', d: '3' } },
        { op: 'test', path: `${NOTES}/a~1b`, value: '1' },
        { op: 'replace', path: `${NOTES}/a~1b`, value: '4' },
        { op: 'copy', from: `${NOTES}/c`, path: `${NOTES}/e` },
        { op: 'move', from: `${NOTES}/d`, path: `${NOTES}/f` },
        { op: 'remove', path: `${NOTES}/c` },
      ]);
      assert.deepEqual(metadata?.annotations, { 'a/b': '4', e: '2', f: '3' });
      const half = [
        { op: 'add', path: `${NOTES}/g`, value: '5' },
        { op: 'test', path: `${NOTES}/e`, value: 'other' },
      ];
      assert.equal((await refusalOf(patch(half))).code, 422);
      assert.equal((await refusalOf(patch([{ op: 'remove', path: `${NOTES}/nope` }]))).code, 422);
      const job = await contract.readJob('operations');
      assert.deepEqual(job.metadata?.annotations, { 'a/b': '4', e: '2', f: '3' });
    },
  },
  {
    name: 'a merge patch replaces lists, a strategic one merges them by name',
    async run(contract: Contract) {
      await suspendedJob(contract, 'merged');
      const containers = [{ name: 'main', image: contract.image }];
      const same = { spec: { template: { spec: { containers } } } };
      const kept = await change(contract, 'merged', same);
      assert.equal(kept.metadata?.generation, 1);
      const refusal = await refusalOf(change(contract, 'merged', same, PatchStrategy.MergePatch));
      assert.equal(refusal.code, 422);
      const noted = await change(
        contract,
        'merged',
        { metadata: { annotations: { a: '1', b: null } } },
        PatchStrategy.MergePatch,
      );
      assert.deepEqual(noted.metadata?.annotations, { a: '1' });
    },
  },
  {
    name: 'a change of what another one changed is a conflict',
    async run(contract: Contract) {
      const { metadata } = await suspendedJob(contract, 'stale');
      await change(contract, 'stale', { metadata: { annotations: { first: 'yes' } } });
      const late = {
        metadata: { resourceVersion: metadata?.resourceVersion, annotations: { second: 'yes' } },
      };
      const refusal = await refusalOf(change(contract, 'stale', late));
      assert.deepEqual([refusal.code, refusal.reason], [409, 'Conflict']);
    },
  },
  {
    name: 'completions do not change, retries and deadlines do',
    async run(contract: Contract) {
      await suspendedJob(contract, 'counts');
      const refusal = await refusalOf(change(contract, 'counts', { spec: { completions: 3 } }));
      assert.equal(
        refusal.message,
        'Job.batch "counts" is invalid: spec.completions: Invalid value: 3: field is immutable',
      );
      const { spec } = await change(contract, 'counts', {
        spec: { backoffLimit: 3, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 },
      });
      assert.deepEqual(
        [spec?.backoffLimit, spec?.activeDeadlineSeconds, spec?.ttlSecondsAfterFinished],
        [3, 60, 5],
      );
    },
  },
];

/** Creates a suspended Job. Resolves when the controller has written its status, which it does once. */
async function suspendedJob(contract: Contract, name: string) {
  const { image } = contract;
  await contract.createJob(shellJob({ name, image, spec: { suspend: true } }));
  const seen = await contract.watchJob(name, (events) =>
    Boolean(events.at(-1)?.object.status?.conditions?.length),
  );
  return seen.at(-1)?.object ?? {};
}
