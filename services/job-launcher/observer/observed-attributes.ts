import type { Attributes } from '@opentelemetry/api';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { ATTR } from '@beyond-headers/contracts';
import { ORDER_ID_LABEL } from '../job-manifest.ts';
import type { Outcome } from './outcome.ts';
import { completionIndex, jobNameOf, jobUidOf, uidOf } from './pod-facts.ts';

/** Returns the attributes that identify a Job. */
export const jobAttributes = (job: V1Job): Attributes => ({
  ...commonAttributes(job),
  [ATTR.k8sJobName]: job.metadata?.name ?? '',
  [ATTR.k8sJobUid]: uidOf(job),
});

/** Returns the attributes that identify a pod and its Job. */
export function podAttributes(pod: V1Pod, attempt: number): Attributes {
  const node = pod.spec?.nodeName;
  const image = pod.spec?.containers[0]?.image;
  const index = completionIndex(pod);
  return {
    ...commonAttributes(pod),
    [ATTR.k8sJobName]: jobNameOf(pod),
    [ATTR.k8sJobUid]: jobUidOf(pod),
    [ATTR.k8sPodName]: pod.metadata?.name ?? '',
    [ATTR.k8sPodUid]: uidOf(pod),
    ...(node && { [ATTR.k8sNodeName]: node }),
    ...(image && { [ATTR.containerImage]: image }),
    ...(index && { [ATTR.completionIndex]: Number(index) }),
    [ATTR.attempt]: attempt,
  };
}

function commonAttributes({ metadata }: V1Pod | V1Job): Attributes {
  const orderId = metadata?.labels?.[ORDER_ID_LABEL];
  return { [ATTR.k8sNamespace]: metadata?.namespace ?? '', ...(orderId && { [ATTR.orderId]: orderId }) };
}

/** Returns the attributes that show how an attempt ended. */
export const outcomeAttributes = ({ reason, exitCode }: Outcome): Attributes => ({
  [ATTR.jobReason]: reason,
  ...(exitCode !== undefined && { [ATTR.processExitCode]: exitCode }),
});
