import { join } from 'node:path';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { ROOT } from '@beyond-headers/local-process/root';
import { JOBS } from '../../../services/services.ts';
import { PRELOAD } from './process-definition.ts';

/** Returns the name of the image of a service that runs as a Job. */
export const imageOf = (service: { name: string }): string => `${service.name}:local`;

/** Returns the "images" of the cluster's pods: the commands that the container images run. */
export function images() {
  const node = [process.execPath, ...PRELOAD];
  const jobs = Object.values(JOBS).map((job) => [
    imageOf(job),
    { command: [...node, 'main.ts'], workingDir: join(ROOT, 'services', job.name), env: COMPILE_CACHE },
  ]);
  return {
    ...Object.fromEntries(jobs),
    // The images of docs/how-to. The last two have to be built first.
    'example-job:1': {
      command: [...node, 'job.ts'],
      workingDir: join(ROOT, 'examples/job-launcher'),
      env: COMPILE_CACHE,
    },
    'python-job:1': {
      command: [join(ROOT, '.local/python-job/bin/python'), 'job.py'],
      workingDir: join(ROOT, 'examples/python-job'),
    },
    'go-job:1': { command: [join(ROOT, '.local/go-job')], workingDir: ROOT },
  };
}
