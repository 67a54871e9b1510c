import { after, before, test } from 'node:test';
import { startTraceStore } from '@beyond-headers/trace-store';
import { defineAdmissionRuns, runsWithout, type AdmissionNamespaces } from './admission-runs.ts';
import { defineAdmissionTable } from './admission-table.ts';
import { OPT_IN } from './context-policy.ts';
import { makeNamespace, type TestNamespace } from './namespace.ts';

/**
 * Defines the tests of a policy or webhook that injects context into Jobs and pods. `apply` installs it, and returns a function that
 * removes it.
 */
export function defineAdmissionTests(
  by: string,
  apply: (optedIn: TestNamespace) => Promise<() => Promise<void>>,
): void {
  let namespaces: AdmissionNamespaces;
  let takeOff: (() => Promise<void>) | undefined;
  before(async () => {
    const [optedIn, other] = await Promise.all([makeNamespace(OPT_IN), makeNamespace()]);
    namespaces = { optedIn, other, traces: await startTraceStore({ host: '0.0.0.0' }) };
    takeOff = await apply(optedIn);
  });
  after(async () => {
    await takeOff?.();
    await Promise.all([namespaces.optedIn.remove(), namespaces.other.remove(), namespaces.traces.close()]);
  });

  defineAdmissionTable(by, () => namespaces);
  defineAdmissionRuns(by, () => namespaces);

  void test(`${by} comes off, and annotated pods run as before`, async () => {
    await takeOff?.();
    takeOff = undefined;
    await runsWithout(namespaces);
  });
}
