import { isDeepStrictEqual } from 'node:util';
import type { Job, PodTemplate } from '../objects.ts';
import { invalidValue, type Cause } from './causes.ts';
import { jobCauses } from './job-rules.ts';

const FROZEN = ['completions', 'completionMode', 'selector', 'manualSelector'] as const;

/** Returns what is wrong with a changed Job, in the API server's wording. */
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

/** Reports whether a Job is suspended and has no pods. In Kubernetes 1.34, but not in 1.36, such a Job must also never have started. */
function isHeldBack({ spec, status }: Job): boolean {
  return spec.suspend === true && !status.active && !status.terminating;
}

/**
 * Returns a template without what can change while its Job is suspended: metadata, resources, and the fields with which a queue decides where
 * the pods run.
 */
function frozenPart({ spec }: PodTemplate): object {
  const containers = spec.containers.map((one) => ({ ...one, resources: undefined }));
  const open = { nodeSelector: undefined, tolerations: undefined, affinity: undefined };
  return { ...spec, ...open, containers };
}
