import { IN_DEMO } from '../../../services/services.ts';
import { ENV_IMAGES, importImages } from '../../cluster/support/image.ts';
import { succeeds } from '../../support/run.ts';
import { kubectl } from './kubectl.ts';

const TARGETS = [...IN_DEMO.map(({ name }) => name), 'tools'];

/** Builds the images in `k8s/overlays/local`, and loads them into the cluster, together with missing images of MongoDB and Jaeger. */
export async function provideImages(importImage: (archive: string) => Promise<void>): Promise<void> {
  const images = Object.fromEntries(TARGETS.map((target) => [target, `beyond-headers/${target}:local`]));
  const others = await missing([ENV_IMAGES['MONGO_IMAGE'] ?? '', ENV_IMAGES['JAEGER_IMAGE'] ?? '']);
  await importImages(importImage, images, others);
}

/** Returns the images that no node has, if the engine has them. The cluster has to pull the others. */
async function missing(images: string[]): Promise<string[]> {
  const known = await kubectl('get', 'nodes', '--output', 'jsonpath={.items[*].status.images[*].names}');
  const absent = images.filter((image) => !known.includes(`/${image}"`));
  const areLocal = await Promise.all(absent.map((image) => succeeds('docker', ['image', 'inspect', image])));
  return absent.filter((_, index) => areLocal[index]);
}
