import type { Cause } from '../api/api-error.ts';
import type { Container, PodSpec } from '../objects.ts';
import { parseQuantity } from '../quantity.ts';
import { duplicate, invalidValue, notNegative, oneOf, required } from './causes.ts';
import { envCauses } from './env-causes.ts';
import { labelNameCauses } from './names.ts';

const MAX_INT32 = 2 ** 31 - 1;

/** What is wrong with the pod spec of a Job's template. */
export function podSpecCauses(field: string, spec: PodSpec): Cause[] {
  const containers = spec.containers ?? [];
  const init = spec.initContainers ?? [];
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...containersCauses(`${field}.containers`, containers),
    ...containersCauses(`${field}.initContainers`, init),
    ...duplicateNames(field, containers, init),
    ...(spec.restartPolicy
      ? oneOf(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never'])
      : []),
    ...deadlineCauses(`${field}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
  ];
}

function containersCauses(field: string, containers: Container[]): Cause[] {
  return containers.flatMap((container, i) => containerCauses(`${field}[${i}]`, container));
}

function containerCauses(field: string, container: Container): Cause[] {
  const { name, image, imagePullPolicy, terminationMessagePolicy } = container;
  return [
    ...(name ? labelNameCauses(`${field}.name`, name) : [required(`${field}.name`)]),
    ...(image ? [] : [required(`${field}.image`)]),
    ...oneOf(`${field}.terminationMessagePolicy`, terminationMessagePolicy, [
      'File',
      'FallbackToLogsOnError',
    ]),
    ...envCauses(field, container),
    ...oneOf(`${field}.imagePullPolicy`, imagePullPolicy, ['Always', 'IfNotPresent', 'Never']),
    ...resourceCauses(`${field}.resources`, container.resources ?? {}),
  ];
}

function resourceCauses(
  field: string,
  { limits = {}, requests = {} }: NonNullable<Container['resources']>,
): Cause[] {
  const negative = (part: string, given: Record<string, string>): Cause[] =>
    Object.entries(given)
      .filter(([, value]) => parseQuantity(value) < 0)
      .map(([key, value]) =>
        invalidValue(`${field}.${part}[${key}]`, value, 'must be greater than or equal to 0'),
      );
  const over = Object.entries(requests)
    .filter(([key, value]) => limits[key] !== undefined && parseQuantity(value) > parseQuantity(limits[key]))
    .map(([key, value]) =>
      invalidValue(
        `${field}.requests`,
        value,
        `must be less than or equal to ${key} limit of ${limits[key] ?? ''}`,
      ),
    );
  return [...negative('limits', limits), ...negative('requests', requests), ...over];
}

function duplicateNames(field: string, containers: Container[], init: Container[]): Cause[] {
  const seen = new Set<string>();
  const find = (part: string, list: Container[]): Cause[] =>
    list.flatMap(({ name }, i) => {
      const again = seen.has(name);
      if (name) seen.add(name);
      return again ? [duplicate(`${field}.${part}[${i}].name`, name)] : [];
    });
  return [...find('containers', containers), ...find('initContainers', init)];
}

function deadlineCauses(field: string, value: number | undefined): Cause[] {
  if (value === undefined || (value >= 1 && value <= MAX_INT32)) return [];
  return [invalidValue(field, value, `must be between 1 and ${MAX_INT32}, inclusive`)];
}

export function podSpecWarnings(field: string, spec: PodSpec): string[] {
  if (notNegative(field, spec.terminationGracePeriodSeconds).length === 0) return [];
  return [
    `${field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
  ];
}
