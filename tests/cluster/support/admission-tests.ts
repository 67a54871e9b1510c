import { after, before, test } from 'node:test';
import { makeAdmissionNamespaces, type AdmissionNamespaces } from './admission-namespaces.ts';
import { defineAdmissionRuns, runsWithout } from './admission-runs.ts';
import { defineAdmissionTable } from './admission-table.ts';
import { OPT_IN } from './context-policy.ts';
import type { TestNamespace } from './namespace.ts';

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
    namespaces = await makeAdmissionNamespaces(OPT_IN);
    takeOff = await apply(namespaces.optedIn);
  });
  after(async () => {
    await takeOff?.();
    await namespaces.remove();
  });

  defineAdmissionTable(by, () => namespaces);
  defineAdmissionRuns(by, () => namespaces);

  void test(`${by} comes off, and annotated pods run as before`, async () => {
    await takeOff?.();
    takeOff = undefined;
    await runsWithout(namespaces);
  });
}
