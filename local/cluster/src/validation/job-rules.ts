import type { Job } from '../objects.ts';
import { invalidValue, notServed, required, type Cause } from './causes.ts';
import { given, notNegative, oneOf, unserved, unservedValue, type Check } from './checks.ts';
import { generatedLabels } from './job-defaults.ts';
import { annotationsCauses, labelsCauses } from './names.ts';
import { METADATA_RULES, podRules } from './pod-rules.ts';
import { violations, type Rule } from './rules.ts';

const NUMBERS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
];
const UNSERVED = [
  'backoffLimitPerIndex',
  'maxFailedIndexes',
  'successPolicy',
  'managedBy',
  'podFailurePolicy',
];

const RULES: readonly Rule[] = [
  ...METADATA_RULES,
  ...NUMBERS.map((name): Rule => [`spec.${name}`, notNegative]),
  ['spec.completionMode', oneOf('NonIndexed', 'Indexed')],
  ...UNSERVED.map((name): Rule => [`spec.${name}`, unserved]),
  ['spec.podReplacementPolicy', unservedValue('Failed'), oneOf('TerminatingOrFailed')],
  ['spec.manualSelector', unservedValue(true)],
  ['spec.completions', asManyAsKnown],
  ['spec.template.metadata.labels', shownAs('spec.template.labels', given(labelsCauses))],
  ['spec.template.metadata.annotations', shownAs('spec.template.annotations', given(annotationsCauses))],
  ...podRules('spec.template.spec'),
  ['spec.template.spec.restartPolicy', ofJob, unservedValue('OnFailure'), oneOf('Never')],
];

/** What is wrong with a Job whose defaults were filled in. */
export function jobCauses(job: Job): Cause[] {
  return [...violations(job, RULES), ...tieCauses(job)];
}

/** The API server leaves `metadata` out where it speaks of a template's labels. */
function shownAs(shown: string, check: Check): Check {
  return (_field, value) => check(shown, value);
}

/** With `parallelism` alone a Job is a work queue, which the first success ends. */
function asManyAsKnown(field: string, completions: unknown): Cause[] {
  return completions === undefined ? [notServed(field, 'a Job without it')] : [];
}

/** The restart policy of a pod in a Job has no default, and Always is as good as none. */
function ofJob(field: string, policy: unknown): Cause[] {
  return [undefined, '', 'Always'].includes(policy as string)
    ? [required(field, 'valid values: "Never"')]
    : [];
}

/** The labels and the selector that tie the pods to their Job are the API server's own, and stay. */
function tieCauses({ metadata, spec }: Job): Cause[] {
  const labels = spec.template.metadata?.labels ?? {};
  const missing = Object.entries(generatedLabels(metadata)).filter(([key, value]) => labels[key] !== value);
  const causes = missing.map(([key, value]) =>
    required(`spec.template.metadata.labels[${key}]`, `must be '${value}'`),
  );
  const own = Object.keys(spec.selector?.matchLabels ?? {}).length === 1;
  return own
    ? causes
    : [...causes, invalidValue('spec.selector', spec.selector, '`selector` not auto-generated')];
}
