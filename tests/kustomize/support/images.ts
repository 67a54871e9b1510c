import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';
import { IN_DEMO } from '../../../services/services.ts';
import { readText, run, succeeds } from '../../support/run.ts';
import { kubectl } from './kubectl.ts';

const TARGETS = [...IN_DEMO.map(({ name }) => name), 'tools'];

/** Builds the images in `k8s/overlays/local`, and loads them into the cluster, together with missing images of MongoDB and Jaeger. */
export async function provideImages(importImage: (archive: string) => Promise<void>): Promise<void> {
  const settings = parseEnv(await readText('.env'));
  for (const target of TARGETS) {
    const tag = [
      '--tag',
      `beyond-headers/${target}:local`,
      '--build-arg',
      `NODE_IMAGE=${settings['NODE_IMAGE']}`,
    ];
    await run('docker', ['build', '--quiet', '--target', target, ...tag, ROOT]);
  }
  const others = await missing([settings['MONGO_IMAGE'] ?? '', settings['JAEGER_IMAGE'] ?? '']);
  const directory = await mkdtemp(join(tmpdir(), 'images-'));
  try {
    const archive = join(directory, 'images.tar');
    const own = TARGETS.map((target) => `beyond-headers/${target}:local`);
    await run('docker', ['save', '--output', archive, ...own, ...others]);
    await importImage(archive);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Returns the images that no node has, if the engine has them. The cluster has to pull the others. */
async function missing(images: string[]): Promise<string[]> {
  const known = await kubectl('get', 'nodes', '--output', 'jsonpath={.items[*].status.images[*].names}');
  const absent = images.filter((image) => !known.includes(`/${image}"`));
  const areLocal = await Promise.all(absent.map((image) => succeeds('docker', ['image', 'inspect', image])));
  return absent.filter((_, index) => areLocal[index]);
}
