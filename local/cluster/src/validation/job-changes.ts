import { isDeepStrictEqual } from 'node:util';
import type { Job, PodTemplate } from '../objects.ts';
import { without } from '../without.ts';
import { invalidValue, type Cause } from './causes.ts';
import { jobCauses } from './job-rules.ts';

const FROZEN = ['completions', 'completionMode', 'selector', 'manualSelector'] as const;
// What a queue decides of a Job that it holds back: where its pods go, and what they get.
const OPEN_IN_POD = ['nodeSelector', 'tolerations', 'affinity', 'schedulingGates'] as const;

/** What is wrong with a changed Job, in the words of the API server. */
export function jobChangeCauses(before: Job, after: Job): Cause[] {
  const frozen = FROZEN.filter((field) => !isDeepStrictEqual(before.spec[field], after.spec[field]));
  const templates = [before, after].map(({ spec: { template } }) =>
    isHeldBack(before) ? frozenPart(template) : template,
  );
  return [
    ...jobCauses(after),
    ...frozen.map((field) => invalidValue(`spec.${field}`, after.spec[field], 'field is immutable')),
    ...(isDeepStrictEqual(templates[0], templates[1])
      ? []
      : [invalidValue('spec.template', after.spec.template, 'field is immutable')]),
  ];
}

/** Suspended, with no pod left. Kubernetes 1.34 counts only a Job that never started; 1.36, which is followed here, any. */
function isHeldBack({ spec, status }: Job): boolean {
  return spec.suspend === true && !status.active && !status.terminating;
}

/** What of a template no change may touch while its Job is held back: all but metadata and scheduling. */
function frozenPart({ spec }: PodTemplate): object {
  const containers = spec.containers.map((one) => without(one, 'resources'));
  return { ...without(spec, ...OPEN_IN_POD), containers };
}
