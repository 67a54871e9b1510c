import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@beyond-headers/local-process/root';
import { run } from './run.ts';

/** The report-job as its image has it. */
export interface JobBundle {
  /** For `--import`. */
  preload: string;
  main: string;
  remove: () => Promise<void>;
}

/** Builds it as the Dockerfile does; `--main` and `--bare` are options of docker/image/bundle.ts. */
export async function bundleJob(...options: string[]): Promise<JobBundle> {
  const folder = join(ROOT, 'dist');
  await mkdir(folder, { recursive: true });
  // Below the root, where what stays a package is found.
  const output = await mkdtemp(join(folder, 'job-'));
  await run(process.execPath, ['docker/image/bundle.ts', '--output', output, ...options]);
  return {
    preload: pathToFileURL(join(output, 'register.mjs')).href,
    main: join(output, 'main.mjs'),
    remove: () => rm(output, { recursive: true }),
  };
}
