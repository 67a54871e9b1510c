import { context } from '@opentelemetry/api';
import { injectIntoPodSpec, podOwnersAt } from '@beyond-headers/propagation';
import type { V1Deployment, V1Job, V1Pod } from '@kubernetes/client-node';

/** The pod, or each pod of the Job, does one piece of work: its spans are children of the launch. */
export function carryIntoWork(work: V1Pod | V1Job): void {
  injectIntoPodSpec(work);
}

/** The pods run long after the launch, and are replaced. So each pod starts its own traces, which link to the launch. */
export function carryIntoServer(deployment: V1Deployment): void {
  injectIntoPodSpec(deployment, context.active(), { shape: 'link' });
}

/** `path` says where in the resource the pod templates are. It can come from your program's settings. */
export function carryIntoResource(resource: object, path: string): void {
  for (const template of podOwnersAt(resource, path)) injectIntoPodSpec(template);
}
