import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { deletions } from './cases/deletions.ts';
import { deadlines } from './cases/deadlines.ts';
import { changes } from './cases/changes.ts';
import { environmentSources } from './cases/environment-sources.ts';
import { environments } from './cases/environments.ts';
import { logs } from './cases/logs.ts';
import { many } from './cases/many-pods.ts';
import { outcomes } from './cases/outcomes.ts';
import { pods } from './cases/pods.ts';
import { reading } from './cases/reading.ts';
import { refusals } from './cases/refusals.ts';
import { suspensions } from './cases/suspensions.ts';
import { versions } from './cases/versions.ts';
import { waiting } from './cases/waiting.ts';
import type { ContractCase } from './contract-case.ts';
import { Contract, type ClusterUnderTest } from './cluster-under-test.ts';
import { refusalOf } from './refusals.ts';

const CASES = [
  ...outcomes,
  ...deadlines,
  ...waiting,
  ...suspensions,
  ...changes,
  ...pods,
  ...many,
  ...environments,
  ...environmentSources,
  ...deletions,
  ...refusals,
  ...reading,
  ...versions,
  ...logs,
];
// The cases mostly wait for pods. Running several at once makes the suite short, and tests many pods at once.
const CONCURRENCY = 8;

/**
 * Tests the behavior of a cluster that the job-launcher relies on. The expected values are those of a real Kubernetes 1.34. The same tests
 * run against a real cluster and the stand-in, and show that the launcher can use either.
 */
export function defineKubernetesContract(title: string, setUp: () => Promise<ClusterUnderTest>): void {
  void describe(title, { concurrency: CONCURRENCY }, () => {
    let cluster: ClusterUnderTest;
    let contract: Contract;
    before(async () => {
      cluster = await setUp();
      contract = new Contract(cluster);
    });
    after(() => cluster?.close());
    for (const one of CASES)
      void it(one.name, () =>
        one.leftOut && contract.standsIn ? assertLeftOut(one.leftOut, contract) : one.run(contract),
      );
  });
}

async function assertLeftOut(leftOut: ContractCase['leftOut'] & object, contract: Contract): Promise<void> {
  const { code, message } = await refusalOf(leftOut.call(contract));
  assert.ok(code >= 400 && code < 500, `${code} ${message}`);
  assert.ok(message.includes('this stand-in') && message.includes(leftOut.names), message);
}
