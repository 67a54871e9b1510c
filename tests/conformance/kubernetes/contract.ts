import { after, before, describe, it } from 'node:test';
import { deletions } from './cases/deletions.ts';
import { deadlines } from './cases/deadlines.ts';
import { environments } from './cases/environments.ts';
import { logs } from './cases/logs.ts';
import { many } from './cases/many-pods.ts';
import { outcomes } from './cases/outcomes.ts';
import { reading } from './cases/reading.ts';
import { refusals } from './cases/refusals.ts';
import { waiting } from './cases/waiting.ts';
import { Contract, type ClusterUnderTest } from './cluster-under-test.ts';

/** One thing that holds of every cluster, in plain words, and the proof of it. */
export interface ContractCase {
  name: string;
  run(contract: Contract): Promise<void>;
}

const CASES = [
  ...outcomes,
  ...deadlines,
  ...waiting,
  ...many,
  ...environments,
  ...deletions,
  ...refusals,
  ...reading,
  ...logs,
];
// Most of the time goes into waiting for pods: many at once make the suite short, and are a case of their own.
const CONCURRENCY = 8;

/**
 * Holds a cluster against what the job-launcher relies on. The expected values were read off a real Kubernetes 1.34; run against a
 * real cluster and against the stand-in it shows that the launcher cannot tell them apart.
 */
export function defineKubernetesContract(title: string, setUp: () => Promise<ClusterUnderTest>): void {
  void describe(title, { concurrency: CONCURRENCY }, () => {
    let cluster: ClusterUnderTest;
    let contract: Contract;
    before(async () => {
      cluster = await setUp();
      contract = new Contract(cluster);
      await contract.core.createNamespace({ body: { metadata: { name: contract.namespace } } });
      await cluster.namespaceReady(contract.namespace);
    });
    after(async () => {
      await contract?.core.deleteNamespace({ name: contract.namespace });
      await cluster?.close();
    });
    for (const one of CASES) void it(one.name, () => one.run(contract));
  });
}
