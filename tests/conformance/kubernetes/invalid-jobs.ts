import type { V1EnvVar } from '@kubernetes/client-node';
import type { JobParts } from './manifests.ts';

const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
  String.raw`alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`;
const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

type Parts = Omit<JobParts, 'name' | 'image'> & { name?: string; image?: string };

/**
 * Parts of messages that differ between clusters, because each lists only what it supports. The stand-in supports less than Kubernetes, and
 * 1.36 more than 1.34.
 */
export interface Served {
  restartPolicies: string;
  envSources: string;
}

/** Returns invalid Jobs, each with its error and the message after `Job.batch "x" is invalid: `. */
export const invalidJobs = ({
  restartPolicies,
  envSources,
}: Served): (readonly [what: string, parts: Parts, message: string, causes: string[]])[] => [
  [
    'a name in upper case',
    { name: 'X' },
    `metadata.name: Invalid value: "X": ${SUBDOMAIN_RULE}`,
    ['FieldValueInvalid metadata.name'],
  ],
  [
    'no containers',
    { pod: { containers: [] } },
    'spec.template.spec.containers: Required value',
    ['FieldValueRequired spec.template.spec.containers'],
  ],
  [
    'the restart policy Always',
    { pod: { restartPolicy: 'Always' } },
    `spec.template.spec.restartPolicy: Required value: valid values: ${restartPolicies}`,
    ['FieldValueRequired spec.template.spec.restartPolicy'],
  ],
  [
    'no image',
    { container: { image: '' } },
    at('image', 'Required value'),
    ['FieldValueRequired spec.template.spec.containers[0].image'],
  ],
  [
    'negative retries',
    { spec: { backoffLimit: -1 } },
    negative('backoffLimit'),
    ['FieldValueInvalid spec.backoffLimit'],
  ],
  [
    'a negative deadline',
    { spec: { activeDeadlineSeconds: -1 } },
    negative('activeDeadlineSeconds'),
    ['FieldValueInvalid spec.activeDeadlineSeconds'],
  ],
  [
    'a negative time to live',
    { spec: { ttlSecondsAfterFinished: -1 } },
    negative('ttlSecondsAfterFinished'),
    ['FieldValueInvalid spec.ttlSecondsAfterFinished'],
  ],
  [
    'a variable without a name',
    env({ name: '', value: 'x' }),
    at('env[0].name', 'Required value'),
    [envCause('Required', 'name')],
  ],
  [
    'a variable name with an equals sign',
    env({ name: 'a=b', value: 'x' }),
    badName('a=b'),
    [envCause('Invalid', 'name')],
  ],
  [
    'a variable name out of ASCII',
    env({ name: 'é', value: 'x' }),
    badName('é'),
    [envCause('Invalid', 'name')],
  ],
  [
    'a value and a source',
    env({ name: 'A', value: '1', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }),
    at('env[0].valueFrom', 'Invalid value: "": may not be specified when `value` is not empty'),
    [envCause('Invalid', 'valueFrom')],
  ],
  [
    'a source of nothing',
    env({ name: 'A', valueFrom: {} }),
    at('env[0].valueFrom', `Invalid value: "": must specify one of: ${envSources}`),
    [envCause('Invalid', 'valueFrom')],
  ],
  [
    'a field that does not exist',
    env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.bogus' } } }),
    at(
      'env[0].valueFrom.fieldRef.fieldPath',
      'Invalid value: "spec.bogus": error converting fieldPath: field label not supported: spec.bogus',
    ),
    [envCause('Invalid', 'valueFrom.fieldRef.fieldPath')],
  ],
  [
    'a field that is not for environments',
    env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }),
    at(
      'env[0].valueFrom.fieldRef.fieldPath',
      `Unsupported value: "status.phase": supported values: ${ENV_FIELDS.map((one) => `"${one}"`).join(', ')}`,
    ),
    [envCause('NotSupported', 'valueFrom.fieldRef.fieldPath')],
  ],
  [
    'two things at once',
    { spec: { backoffLimit: -1 }, container: { image: '', env: [{ name: '', value: 'x' }] } },
    `[${negative('backoffLimit')}, ${at('image', 'Required value')}, ${at('env[0].name', 'Required value')}]`,
    [
      'FieldValueInvalid spec.backoffLimit',
      'FieldValueRequired spec.template.spec.containers[0].image',
      envCause('Required', 'name'),
    ],
  ],
];

function at(field: string, message: string): string {
  return `spec.template.spec.containers[0].${field}: ${message}`;
}

function negative(field: string): string {
  return `spec.${field}: Invalid value: -1: must be greater than or equal to 0`;
}

function env(variable: V1EnvVar): Parts {
  return { container: { env: [variable] } };
}

function envCause(reason: string, field: string): string {
  return `FieldValue${reason} spec.template.spec.containers[0].env[0].${field}`;
}

function badName(name: string): string {
  const rule =
    "a valid environment variable name must consist only of printable ASCII characters other than '='";
  return at('env[0].name', `Invalid value: "${name}": ${rule}`);
}
