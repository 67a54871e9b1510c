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

/** Returns what is wrong with a Job whose defaults are filled in. */
export function jobCauses(job: Job): Cause[] {
  return [...violations(job, RULES), ...tieCauses(job)];
}

/** Reports causes under another path: the API server leaves `metadata` out of the path of a template's labels and annotations. */
function shownAs(shown: string, check: Check): Check {
  return (_field, value) => check(shown, value);
}

/** Refuses a Job without `completions`. With `parallelism` alone, it is a work queue, which this stand-in doesn't serve. */
function asManyAsKnown(field: string, completions: unknown): Cause[] {
  return completions === undefined ? [notServed(field, 'a Job without it')] : [];
}

/** Requires a restart policy. In a Job, it has no default, and `Always` counts as missing. */
function ofJob(field: string, policy: unknown): Cause[] {
  return [undefined, '', 'Always'].includes(policy as string)
    ? [required(field, 'valid values: "Never"')]
    : [];
}

/** Requires the labels and the selector that the API server generates to tie pods to their Job. */
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
