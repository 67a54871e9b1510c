import { context } from '@opentelemetry/api';
import { injectIntoPodSpec, podOwnersAt } from '@beyond-headers/propagation';
import type { V1Deployment, V1Job, V1Pod } from '@kubernetes/client-node';

/** The pod, or each pod of the Job, does one piece of work: its spans are children of the launch. */
export function carryIntoWork(work: V1Pod | V1Job): void {
  injectIntoPodSpec(work);
}

/** The pods serve long after the launch, and are replaced: each starts traces of its own, which link to it. */
export function carryIntoServer(deployment: V1Deployment): void {
  injectIntoPodSpec(deployment, context.active(), { shape: 'link' });
}

/** The path says where the resource has its templates, so it can come from a setting. */
export function carryIntoResource(resource: object, path: string): void {
  for (const template of podOwnersAt(resource, path)) injectIntoPodSpec(template);
}
