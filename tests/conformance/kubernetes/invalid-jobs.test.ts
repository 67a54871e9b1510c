import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1EnvVar } from '@kubernetes/client-node';
import { minorVersion, standsIn } from './support/cluster.ts';
import { createJob } from './support/jobs.ts';
import { type JobParts, shellJob } from './support/manifests.ts';
import { type Refusal, refusalOf } from './support/refusals.ts';

const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

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

type InvalidParts = JobParts & { jobName?: string };

/**
 * Parts of messages that differ between clusters, because each lists only what it supports. The stand-in supports less than Kubernetes, and
 * 1.36 more than 1.34.
 */
interface Served {
  restartPolicies: string;
  envSources: string;
}

/** Returns invalid Jobs, each with its error and the message after `Job.batch "x" is invalid: `. */
const invalidJobs = ({
  restartPolicies,
  envSources,
}: Served): (readonly [what: string, parts: InvalidParts, message: string, causes: string[]])[] => [
  [
    'a name in upper case',
    { jobName: 'X' },
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

describe('an invalid Job', { concurrency: true }, () => {
  test('a Job that is not valid is refused with every cause', async () => {
    for (const [what, parts, message, causes] of invalidJobs(await served())) {
      const name = parts.jobName ?? 'x';
      const refusal = await refusalOf(createJob(shellJob(name, parts)));
      const expected: Refusal = {
        code: 422,
        reason: 'Invalid',
        message: `Job.batch "${name}" is invalid: ${message}`,
        causes,
      };
      assert.deepEqual(refusal, expected, what);
    }
  });

  test('labels and annotations are checked', async () => {
    const labelled = shellJob('labelled', { metadata: { labels: { k: 'bad value!' } } });
    const message = `Job.batch "labelled" is invalid: metadata.labels: Invalid value: "bad value!": ${LABEL_VALUE_RULE}`;
    assert.deepEqual(await refusalOf(createJob(labelled)), {
      code: 422,
      reason: 'Invalid',
      message,
      causes: ['FieldValueInvalid metadata.labels'],
    });
    const large = shellJob('labelled', { metadata: { annotations: { a: 'x'.repeat(262_144) } } });
    const refusal = await refusalOf(createJob(large));
    assert.equal(
      refusal.message,
      'Job.batch "labelled" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    );
  });
});

async function served(): Promise<Served> {
  if (standsIn) return { restartPolicies: '"Never"', envSources: '`fieldRef` or `secretKeyRef`' };
  const since136 = (await minorVersion()) >= 36 ? ['fileKeyRef'] : [];
  const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', ...since136];
  const last = sources.pop() ?? '';
  const envSources = `${sources.map((one) => `\`${one}\``).join(', ')} or \`${last}\``;
  return { restartPolicies: '"OnFailure", "Never"', envSources };
}

function at(field: string, message: string): string {
  return `spec.template.spec.containers[0].${field}: ${message}`;
}

function negative(field: string): string {
  return `spec.${field}: Invalid value: -1: must be greater than or equal to 0`;
}

function env(variable: V1EnvVar): InvalidParts {
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
