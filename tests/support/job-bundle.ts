import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@beyond-headers/local-process/root';
import { run } from './run.ts';

/** The report-job as bundled in its image. */
export interface JobBundle {
  /** The module for `--import`. */
  preload: string;
  main: string;
  remove: () => Promise<void>;
}

/** Bundles the job as the Dockerfile does. `options` are those of docker/image/bundle.ts. */
export async function bundleJob(...options: string[]): Promise<JobBundle> {
  const folder = join(ROOT, 'dist');
  await mkdir(folder, { recursive: true });
  // Below the root, so that packages that aren't bundled can be resolved.
  const output = await mkdtemp(join(folder, 'job-'));
  await run(process.execPath, ['docker/image/bundle.ts', '--output', output, ...options]);
  return {
    preload: pathToFileURL(join(output, 'register.mjs')).href,
    main: join(output, 'main.mjs'),
    remove: () => rm(output, { recursive: true }),
  };
}
