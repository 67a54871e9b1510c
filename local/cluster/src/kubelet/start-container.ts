import type { Container, Pod } from '../objects.ts';
import { ContainerConfigError, containerEnv, expand } from './container-env.ts';
import type { Command } from './container-process.ts';
import type { Node } from './node.ts';

/** Why a container waits instead of running. */
export interface StartProblem {
  reason: 'ErrImagePull' | 'CreateContainerConfigError';
  message: string;
}

const DEFAULT_ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/' };

/** Returns a container's command with its environment, or the problem that prevents the start. */
export function prepare(container: Container, pod: Pod, node: Node): Command | StartProblem {
  const { image: name = '' } = container;
  const image = Object.hasOwn(node.images, name) ? node.images[name] : undefined;
  if (!image) {
    const why = 'this cluster has no such image; its images are listed in its setting "images"';
    return { reason: 'ErrImagePull', message: `failed to pull and unpack image "${name}": ${why}` };
  }
  try {
    const given = containerEnv(container, {
      pod,
      address: node.address,
      services: node.serviceEnv,
      secret: (name) => node.store.get('secrets', pod.metadata.namespace, name),
    });
    const HOSTNAME = pod.spec.hostname ?? pod.metadata.name;
    return {
      argv: argv(container, image.command, given),
      env: new Map([...Object.entries({ ...DEFAULT_ENV, ...image.env, HOSTNAME }), ...given]),
      workingDir: container.workingDir ?? image.workingDir ?? '/',
    };
  } catch (error) {
    if (!(error instanceof ContainerConfigError)) throw error;
    return { reason: 'CreateContainerConfigError', message: error.message };
  }
}

/** Returns the container's command, or else the image's entrypoint, followed by the container's arguments. */
function argv(
  { command = [], args = [] }: Container,
  entrypoint: string[],
  given: ReadonlyMap<string, string>,
): string[] {
  const expanded = (words: string[]): string[] => words.map((word) => expand(word, given));
  return [...(command.length > 0 ? expanded(command) : entrypoint), ...expanded(args)];
}
