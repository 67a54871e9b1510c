import type { V1Container, V1Job, V1JobSpec, V1PodSpec } from '@kubernetes/client-node';

/** A plain object in the shape of one of the client's classes. */
export type Plain<T> = { [K in keyof T]: T[K] };

export interface JobParts {
  name: string;
  image: string;
  /** Text for `sh -c`. */
  script?: string;
  container?: Partial<V1Container>;
  pod?: Partial<V1PodSpec>;
  spec?: Partial<V1JobSpec>;
  annotations?: Record<string, string>;
}

/** Returns a Job with one container that runs a shell script once. The other parts override its defaults. */
export function shellJob({
  name,
  image,
  script = 'true',
  container,
  pod,
  spec,
  annotations,
}: JobParts): Plain<V1Job> {
  const main = { ...shellContainer('main', image, script), ...container };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        ...(annotations ? { metadata: { annotations } } : {}),
        spec: { restartPolicy: 'Never', containers: [main], ...pod },
      },
    },
  };
}

export function shellContainer(name: string, image: string, script: string): Plain<V1Container> {
  return { name, image, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script] };
}

/** Runs until SIGTERM, prints a line, and exits with code 7. */
export const UNTIL_TERMINATED =
  'trap "echo asked to end; exit 7" TERM; echo ready; while true; do sleep 0.1; done';
