import type { Cause } from '../api/api-error.ts';
import type { Container, EnvFromSource, EnvVar } from '../objects.ts';
import { invalidValue, notSupported, required } from './causes.ts';
import { keyCauses, subdomainCauses } from './names.ts';

const NAME_RULE =
  "a valid environment variable name must consist only of printable ASCII characters other than '='";
const PRINTABLE = /^[\x20-\x3c\x3e-\x7e]+$/;
const KEY = /^[-._a-zA-Z0-9]+$/;

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
// Known to the API but of no use in an environment: refused with other words than an unknown one.
const OTHER_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];
const SOURCES = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';

export function envCauses(field: string, container: Container): Cause[] {
  return [
    ...(container.env ?? []).flatMap((variable, i) => variableCauses(`${field}.env[${i}]`, variable)),
    ...(container.envFrom ?? []).flatMap((source) => envFromCauses(`${field}.envFrom`, source)),
  ];
}

/** The warnings for names that stand twice: the first is hidden by the second. */
export function envWarnings(field: string, { env = [] }: Container): string[] {
  const seen = new Set<string>();
  return env.flatMap(({ name }, i) => {
    const again = seen.has(name);
    seen.add(name);
    return again
      ? [
          `${field}.env[${i}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
        ]
      : [];
  });
}

function variableCauses(field: string, { name, value, valueFrom }: EnvVar): Cause[] {
  const causes = nameCauses(`${field}.name`, name);
  if (!valueFrom) return causes;
  const given = Object.keys(valueFrom);
  const at = `${field}.valueFrom`;
  if (given.length === 0) causes.push(invalidValue(at, '', `must specify one of: ${SOURCES}`));
  else if (value) causes.push(invalidValue(at, '', 'may not be specified when `value` is not empty'));
  else if (given.length > 1)
    causes.push(invalidValue(at, '', 'may not have more than one field specified at a time'));
  return [...causes, ...sourceCauses(at, valueFrom)];
}

function nameCauses(field: string, name: string | undefined): Cause[] {
  if (!name) return [required(field)];
  return PRINTABLE.test(name) ? [] : [invalidValue(field, name, NAME_RULE)];
}

function sourceCauses(field: string, from: NonNullable<EnvVar['valueFrom']>): Cause[] {
  if (from.fieldRef) return fieldRefCauses(`${field}.fieldRef`, from.fieldRef);
  if (from.resourceFieldRef) {
    return from.resourceFieldRef.resource ? [] : [required(`${field}.resourceFieldRef.resource`)];
  }
  const kind = from.secretKeyRef ? 'secretKeyRef' : 'configMapKeyRef';
  const reference = from[kind];
  if (!reference) return [];
  const name = subdomainCauses(`${field}.${kind}.name`, reference.name ?? '');
  if (!reference.key) return [...name, required(`${field}.${kind}.key`)];
  return KEY.test(reference.key)
    ? name
    : [...name, invalidValue(`${field}.${kind}.key`, reference.key, 'a valid config key is needed')];
}

function fieldRefCauses(
  at: string,
  { apiVersion, fieldPath }: { apiVersion?: string; fieldPath?: string },
): Cause[] {
  const field = `${at}.fieldPath`;
  if (!fieldPath) return [required(field)];
  if (apiVersion && apiVersion !== 'v1') {
    return [
      invalidValue(field, fieldPath, `error converting fieldPath: unsupported pod version: ${apiVersion}`),
    ];
  }
  const subscript = /^metadata\.(?:labels|annotations)\['(.*)'\]$/.exec(fieldPath);
  if (subscript) return keyCauses(at, subscript[1] ?? '');
  if (ENV_FIELDS.includes(fieldPath)) return [];
  if (OTHER_FIELDS.includes(fieldPath)) return [notSupported(field, fieldPath, ENV_FIELDS)];
  return [
    invalidValue(field, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`),
  ];
}

function envFromCauses(field: string, { configMapRef, secretRef }: EnvFromSource): Cause[] {
  if (!configMapRef && !secretRef)
    return [invalidValue(field, '', 'must specify one of: `configMapRef` or `secretRef`')];
  if (configMapRef && secretRef)
    return [invalidValue(field, '', 'may not have more than one field specified at a time')];
  const kind = secretRef ? 'secretRef' : 'configMapRef';
  return subdomainCauses(`${field}.${kind}.name`, (secretRef ?? configMapRef)?.name ?? '');
}
