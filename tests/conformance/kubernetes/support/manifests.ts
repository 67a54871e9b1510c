import type { V1Container, V1Job, V1JobSpec, V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';
import { image as IMAGE } from './cluster.ts';

/** A plain object in the shape of one of the client's classes. */
export type Plain<T> = { [K in keyof T]: T[K] };

export interface JobParts {
  /** Default: the image under test. */
  image?: string;
  /** Text for `sh -c`. */
  script?: string;
  container?: Partial<V1Container>;
  pod?: Partial<V1PodSpec>;
  spec?: Partial<V1JobSpec>;
  /** Annotations of the pod template. */
  annotations?: Record<string, string>;
  /** Labels, annotations, and the namespace of the Job. */
  metadata?: Plain<V1ObjectMeta>;
}

/** Returns a Job with one container that runs a shell script once. The other parts override its defaults. */
export function shellJob(name: string, parts: JobParts = {}): Plain<V1Job> {
  const { image, script = 'true', container, pod, spec, annotations, metadata } = parts;
  const main = { ...shellContainer('main', script, image), ...container };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...metadata },
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

export function shellContainer(name: string, script: string, image = IMAGE): Plain<V1Container> {
  return { name, image, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script] };
}

/** Runs until SIGTERM, prints a line, and exits with code 7. */
export const UNTIL_TERMINATED =
  'trap "echo asked to end; exit 7" TERM; echo ready; while true; do sleep 0.1; done';
