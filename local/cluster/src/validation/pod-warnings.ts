import type { Container, PodSpec } from '../objects.ts';

/** What the API server warns of in the pod spec at `at`, but takes. */
export function podWarnings(at: string, spec: PodSpec): string[] {
  const { containers, initContainers = [], terminationGracePeriodSeconds = 0 } = spec;
  const field = `${at}.terminationGracePeriodSeconds`;
  return [
    ...containers.flatMap((one, i) => hiddenVariables(`${at}.containers[${i}]`, one)),
    ...initContainers.flatMap((one, i) => hiddenVariables(`${at}.initContainers[${i}]`, one)),
    ...(terminationGracePeriodSeconds < 0
      ? [`${field}: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
  ];
}

/** Of a name that stands twice the first is hidden by the second. */
function hiddenVariables(at: string, { env = [] }: Container): string[] {
  const before = (name: string, index: number): boolean => env.findIndex((one) => one.name === name) < index;
  return env.flatMap(({ name }, i) =>
    before(name, i)
      ? `${at}.env[${i}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`
      : [],
  );
}
