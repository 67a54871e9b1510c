import type { Job, Pod } from '../objects.ts';
import type { Verdict } from './job-verdict.ts';

interface Rule {
  action: string;
  onExitCodes?: { containerName?: string; operator: 'In' | 'NotIn'; values: number[] };
}

/** What the first matching rule of the Job's `podFailurePolicy` says of a failed pod; only rules on exit codes exist here. */
export function failureAction(job: Job, pod: Pod): { action: string; message: string } | undefined {
  const { rules = [] } = (job.spec['podFailurePolicy'] ?? {}) as { rules?: Rule[] };
  for (const [index, rule] of rules.entries()) {
    const match = matchingContainer(rule, pod);
    if (!match) continue;
    const which = `Container ${match.name} for pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
    return {
      action: rule.action,
      message: `${which} failed with exit code ${match.exitCode} matching ${rule.action} rule at index ${index}`,
    };
  }
  return undefined;
}

export function failurePolicyVerdict(job: Job, failed: Pod[]): Verdict | undefined {
  for (const pod of failed) {
    const found = failureAction(job, pod);
    if (found?.action === 'FailJob')
      return { kind: 'failure', reason: 'PodFailurePolicy', message: found.message };
  }
  return undefined;
}

function matchingContainer({ onExitCodes }: Rule, pod: Pod): { name: string; exitCode: number } | undefined {
  if (!onExitCodes) return undefined;
  const { containerName, operator, values } = onExitCodes;
  for (const { name, state } of [
    ...(pod.status.initContainerStatuses ?? []),
    ...(pod.status.containerStatuses ?? []),
  ]) {
    const exitCode = state.terminated?.exitCode ?? 0;
    if (exitCode === 0 || (containerName !== undefined && containerName !== name)) continue;
    if (values.includes(exitCode) === (operator === 'In')) return { name, exitCode };
  }
  return undefined;
}
