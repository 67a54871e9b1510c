import type { Cause } from '../api/api-error.ts';
import type { Job, JobSpec } from '../objects.ts';
import { forbiddenField, invalidValue, notNegative, notSupported, oneOf, required } from './causes.ts';
import { annotationsCauses, labelsCauses, subdomainCauses } from './names.ts';
import { podSpecCauses } from './pod-spec-causes.ts';

const RESTART_POLICIES = ['OnFailure', 'Never'];
const GENERATED = [
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
];
const NOT_HERE = ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy', 'managedBy'];

/** What is wrong with a Job, in the order and the words of the API server, after its defaults were filled in. */
export function jobCauses(job: Job): Cause[] {
  const { metadata, spec } = job;
  return [
    ...(metadata.name
      ? subdomainCauses('metadata.name', metadata.name)
      : [required('metadata.name', 'name or generateName is required')]),
    ...labelsCauses('metadata.labels', givenLabels(job)),
    ...annotationsCauses('metadata.annotations', metadata.annotations),
    ...jobSpecCauses(spec),
  ];
}

/** The Job's labels without those that were put on its template: they are checked there. */
function givenLabels({ metadata, spec }: Job): Record<string, string> {
  const generated = Object.entries(metadata.labels ?? {}).filter(([key, value]) => {
    return GENERATED.includes(key) && spec.template.metadata?.labels?.[key] === value;
  });
  const own = { ...metadata.labels };
  for (const [key] of generated) delete own[key];
  return own;
}

function jobSpecCauses(spec: JobSpec): Cause[] {
  const { template } = spec;
  return [
    ...[
      'parallelism',
      'completions',
      'activeDeadlineSeconds',
      'backoffLimit',
      'ttlSecondsAfterFinished',
    ].flatMap((field) => notNegative(`spec.${field}`, spec[field] as number | undefined)),
    ...oneOf('spec.completionMode', spec.completionMode, ['NonIndexed', 'Indexed']),
    ...selectorCauses(spec),
    ...NOT_HERE.filter((field) => spec[field] !== undefined).map((field) =>
      forbiddenField(`spec.${field}`, 'not served by this stand-in'),
    ),
    ...labelsCauses('spec.template.labels', template.metadata?.labels),
    ...annotationsCauses('spec.template.annotations', template.metadata?.annotations),
    ...podSpecCauses('spec.template.spec', template.spec),
    ...restartPolicyCauses(template.spec.restartPolicy),
  ];
}

function selectorCauses({ selector, manualSelector, template }: JobSpec): Cause[] {
  const wanted = Object.entries(selector?.matchLabels ?? {});
  const causes = manualSelector && !selector ? [required('spec.selector')] : [];
  if (!manualSelector && wanted.length > 1)
    causes.push(invalidValue('spec.selector', selector, '`selector` not auto-generated'));
  const labels = template.metadata?.labels ?? null;
  if (selector && wanted.every(([key, value]) => labels?.[key] === value)) return causes;
  return [
    ...causes,
    invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'),
  ];
}

function restartPolicyCauses(policy: string | undefined): Cause[] {
  const field = 'spec.template.spec.restartPolicy';
  if (!policy || policy === 'Always')
    return [required(field, `valid values: ${RESTART_POLICIES.map((one) => `"${one}"`).join(', ')}`)];
  return RESTART_POLICIES.includes(policy) ? [] : [notSupported(field, policy, RESTART_POLICIES)];
}
