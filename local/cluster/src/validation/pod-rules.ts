import { isDeepStrictEqual } from 'node:util';
import type { EnvVar, Pod, PodSpec } from '../objects.ts';
import { POD_FIELDS, subscriptOf } from '../pod-fields.ts';
import { duplicate, invalidValue, notServed, notSupported, required, type Cause } from './causes.ts';
import { dataKey, given, oneOf, present, unserved, unservedValue, variableName } from './checks.ts';
import { annotationsCauses, keyCauses, labelNameCauses, labelsCauses, subdomainCauses } from './names.ts';
import { violations, type Rule } from './rules.ts';

const ENV_FIELDS = Object.keys(POD_FIELDS);
// Fields that the API knows but an environment variable can't read. The error differs from that for an unknown field.
const OTHER_FIELDS = /^(metadata\.(annotations|labels)|spec\.(restartPolicy|schedulerName)|status\.phase)$/;
// With these fields, a pod would run otherwise in Kubernetes. What only says where and with which rights it runs has no effect here.
const UNSERVED = [
  'initContainers',
  'ephemeralContainers',
  'activeDeadlineSeconds',
  'volumes',
  'schedulingGates',
  'resourceClaims',
];
const UNSERVED_IN_CONTAINER = [
  'envFrom',
  'restartPolicy',
  'restartPolicyRules',
  'volumeMounts',
  'volumeDevices',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
];
const SOURCES = ['fieldRef', 'secretKeyRef'];
const UNSERVED_SOURCES = ['configMapKeyRef', 'fileKeyRef', 'resourceFieldRef'];

/** The rules for the metadata of most objects. */
export const METADATA_RULES: readonly Rule[] = [
  ['metadata.name', present('name or generateName is required'), given(subdomainCauses)],
  ['metadata.labels', given(labelsCauses)],
  ['metadata.annotations', given(annotationsCauses)],
];

/** Returns the rules for the pod spec at the path `at`. */
export function podRules(at: string): Rule[] {
  return [
    [`${at}.containers`, present()],
    ...containerRules(`${at}.containers[]`),
    [at, given(duplicateNames)],
    ...UNSERVED.map((name): Rule => [`${at}.${name}`, unserved]),
  ];
}

const RULES: readonly Rule[] = [
  ...METADATA_RULES,
  ...podRules('spec'),
  ['spec.restartPolicy', unservedValue('Always'), unservedValue('OnFailure'), oneOf('Never')],
];

/** Returns what is wrong with a pod that is created without a Job. */
export function podCauses(pod: Pod): Cause[] {
  return violations(pod, RULES);
}

/** Returns what is wrong with a changed pod. Its labels and annotations can change, but its spec can't. */
export function podChangeCauses(before: Pod, after: Pod): Cause[] {
  const changed = !isDeepStrictEqual(before.spec, after.spec);
  return [...violations(after, METADATA_RULES), ...(changed ? [notServed('spec', 'changes of it')] : [])];
}

function containerRules(at: string): Rule[] {
  const source = `${at}.env[].valueFrom`;
  return [
    [`${at}.name`, present(), given(labelNameCauses)],
    [`${at}.image`, present()],
    [`${at}.terminationMessagePolicy`, unservedValue('FallbackToLogsOnError'), oneOf('File')],
    [`${at}.env[].name`, present(), variableName],
    [`${at}.env[]`, given(sourceCauses)],
    [`${source}.fieldRef`, given(fieldRefCauses)],
    [`${source}.secretKeyRef.name`, secretName],
    [`${source}.secretKeyRef.key`, present(), dataKey],
    ...UNSERVED_SOURCES.map((name): Rule => [`${source}.${name}`, unserved]),
    ...UNSERVED_IN_CONTAINER.map((name): Rule => [`${at}.${name}`, unserved]),
    [`${at}.imagePullPolicy`, unservedValue('Never'), oneOf('Always', 'IfNotPresent')],
  ];
}

function secretName(field: string, name: unknown = ''): Cause[] {
  return subdomainCauses(field, name as string);
}

function sourceCauses(field: string, { value, valueFrom }: EnvVar): Cause[] {
  if (!valueFrom) return [];
  const at = `${field}.valueFrom`;
  const count = Object.keys(valueFrom).length;
  if (count === 0) {
    const known = SOURCES.map((one) => `\`${one}\``).join(' or ');
    return [invalidValue(at, '', `must specify one of: ${known}`)];
  }
  if (value) return [invalidValue(at, '', 'may not be specified when `value` is not empty')];
  return count > 1 ? [invalidValue(at, '', 'may not have more than one field specified at a time')] : [];
}

function fieldRefCauses(at: string, reference: { apiVersion?: string; fieldPath?: string }): Cause[] {
  const { apiVersion = 'v1', fieldPath } = reference;
  const field = `${at}.fieldPath`;
  if (!fieldPath) return [required(field)];
  const inconvertible = (why: string): Cause[] => [
    invalidValue(field, fieldPath, `error converting fieldPath: ${why}`),
  ];
  if (apiVersion !== 'v1') return inconvertible(`unsupported pod version: ${apiVersion}`);
  const subscript = subscriptOf(fieldPath);
  if (subscript) return keyCauses(at, subscript.key);
  if (ENV_FIELDS.includes(fieldPath)) return [];
  return OTHER_FIELDS.test(fieldPath)
    ? [notSupported(field, fieldPath, ENV_FIELDS)]
    : inconvertible(`field label not supported: ${fieldPath}`);
}

function duplicateNames(at: string, { containers }: PodSpec): Cause[] {
  const names = containers.map(({ name }) => name);
  return names.flatMap((name, index) =>
    name && names.indexOf(name) < index ? duplicate(`${at}.containers[${index}].name`, name) : [],
  );
}
