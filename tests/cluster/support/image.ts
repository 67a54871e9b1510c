import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';
import { run, succeeds } from '../../support/run.ts';
import type { Target } from './target.ts';

type ImportImage = NonNullable<Target['importImage']>;

/** The images of .env, by variable. The shell's environment takes precedence, as with `docker compose`. */
export const ENV_IMAGES = Object.fromEntries(
  Object.entries(parseEnv(readFileSync(join(ROOT, '.env'), 'utf8')))
    .filter(([name]) => name.endsWith('_IMAGE'))
    .map(([name, tag]) => [name, process.env[name] ?? tag]),
);

/** Builds targets of the Dockerfile with these names, and imports them and `others` into the cluster. */
export async function importImages(
  importImage: ImportImage,
  images: Record<string, string>,
  others: string[] = [],
): Promise<void> {
  const bases = Object.entries(ENV_IMAGES).flatMap(([name, tag]) => ['--build-arg', `${name}=${tag}`]);
  for (const [target, name] of Object.entries(images))
    await run('docker', ['build', '--quiet', '--target', target, '--tag', name, ...bases, ROOT]);
  const directory = await mkdtemp(join(tmpdir(), 'images-'));
  try {
    const archive = join(directory, 'images.tar');
    await run('docker', ['save', '--output', archive, ...Object.values(images), ...others]);
    await importImage(archive);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Reports whether a Docker engine responds. It is needed to build images. */
export const hasDocker = (): Promise<boolean> =>
  succeeds('docker', ['version', '--format', '{{.Server.Version}}']);
