import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { kubectl } from '../../kustomize/support/kubectl.ts';
import { until } from '../../support/until.ts';
import { jobOf } from '../../conformance/admission/job-cases.ts';
import { POD_CASES, podOf } from '../../conformance/admission/pod-cases.ts';
import type { TestNamespace } from './namespace.ts';

const COMPONENTS = fileURLToPath(new URL('../../../k8s/components/', import.meta.url));
export const OPT_IN = { 'beyond-headers/context-policy': 'enabled' };

/** Returns the folder of the component for the API version that the cluster serves. */
export async function policyFolder(): Promise<string> {
  const served = await kubectl('get', '--raw', '/apis/admissionregistration.k8s.io/v1');
  return join(
    COMPONENTS,
    served.includes('"mutatingadmissionpolicies"') ? 'context-policy' : 'context-policy-v1beta1',
  );
}

/** Applies the policy, and waits until it takes effect in the namespace. Returns a function that removes it. */
export async function applyPolicy(namespace: TestNamespace): Promise<() => Promise<void>> {
  const folder = await policyFolder();
  await kubectl('apply', '-k', folder);
  await untilMapped(namespace, true);
  return async () => {
    await kubectl('delete', '-k', folder);
    await untilMapped(namespace, false);
  };
}

const CARRYING = POD_CASES.find(({ name }) => name === 'traceparent alone')!;

/** Waits until a policy or webhook, or its removal, takes effect on pods and Jobs. That takes a second or two. */
export async function untilMapped(namespace: TestNamespace, isMapped: boolean): Promise<void> {
  await until(
    async () => {
      const pod = await admittedPod(namespace, podOf(CARRYING));
      const job = await admittedJob(namespace, jobOf({ annotations: CARRYING.annotations }));
      const env = pod.spec?.containers[0]?.env ?? [];
      return [env.length > 0, job.spec?.template.metadata?.annotations !== undefined];
    },
    (mapped) => mapped.every((one) => one === isMapped),
    { deadlineMs: 30_000, what: `context is ${isMapped ? '' : 'not '}mapped` },
  );
}

/** Returns a pod after admission. The request is a dry run, so nothing is stored. */
export function admittedPod({ core, name: namespace }: TestNamespace, body: V1Pod): Promise<V1Pod> {
  return core.createNamespacedPod({ namespace, body, dryRun: 'All' });
}

export function admittedJob({ batch, name: namespace }: TestNamespace, body: V1Job): Promise<V1Job> {
  return batch.createNamespacedJob({ namespace, body, dryRun: 'All' });
}
