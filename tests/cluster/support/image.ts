import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';
import { run, succeeds } from '../../support/run.ts';
import type { Target } from './target.ts';

const IMAGE = 'report-job:cluster-test';

/**
 * Returns the name of a report-job image in the cluster: `REPORT_JOB_IMAGE` if it is set. Otherwise, builds the Dockerfile's target, and
 * imports it.
 */
export async function provideImage({ importImage }: Target, env: NodeJS.ProcessEnv): Promise<string> {
  const given = env['REPORT_JOB_IMAGE'];
  if (given || !importImage) return given ?? '';
  const directory = await mkdtemp(join(tmpdir(), 'report-job-image-'));
  try {
    const archive = join(directory, 'report-job.tar');
    await run('docker', [
      'build',
      '--quiet',
      '--target',
      'report-job',
      '--tag',
      IMAGE,
      ...baseImages(env),
      ROOT,
    ]);
    await run('docker', ['save', '--output', archive, IMAGE]);
    await importImage(archive);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return IMAGE;
}

/** Returns the build arguments for the base images, from .env. The shell's environment takes precedence, as with `docker compose`. */
function baseImages(env: NodeJS.ProcessEnv): string[] {
  const tags = Object.entries(parseEnv(readFileSync(join(ROOT, '.env'), 'utf8')));
  return tags
    .filter(([name]) => name.endsWith('_IMAGE'))
    .flatMap(([name, tag]) => ['--build-arg', `${name}=${env[name] ?? tag}`]);
}

/** Reports whether a Docker engine responds. It is needed to build the image if REPORT_JOB_IMAGE is not set. */
export const hasDocker = (): Promise<boolean> =>
  succeeds('docker', ['version', '--format', '{{.Server.Version}}']);
