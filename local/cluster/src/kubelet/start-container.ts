import type { Container, Pod } from '../objects.ts';
import { ContainerConfigError, containerEnv, expand, type EnvSources } from './container-env.ts';
import type { Command } from './container-process.ts';
import type { Node } from './node.ts';

/** Why a container waits instead of running. */
export interface StartProblem {
  kind: 'image' | 'config';
  reason: string;
  message: string;
}

const DEFAULT_ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/' };

/** The command of a container with its environment, or what stands in the way of it. */
export function prepare(container: Container, pod: Pod, node: Node): Command | StartProblem {
  const image = node.images[container.image];
  if (!image || !Object.hasOwn(node.images, container.image)) return imageProblem(container);
  try {
    const given = containerEnv(container, envSources(pod, node));
    const env = new Map([
      ...Object.entries({ ...DEFAULT_ENV, ...image.env, HOSTNAME: pod.spec.hostname ?? pod.metadata.name }),
      ...given,
    ]);
    return {
      argv: argv(container, image.command, given),
      env,
      workingDir: container.workingDir ?? image.workingDir ?? '/',
    };
  } catch (error) {
    if (!(error instanceof ContainerConfigError)) throw error;
    return { kind: 'config', reason: 'CreateContainerConfigError', message: error.message };
  }
}

function argv(
  { command, args }: Container,
  entrypoint: string[],
  given: ReadonlyMap<string, string>,
): string[] {
  const program = command && command.length > 0 ? command.map((word) => expand(word, given)) : entrypoint;
  return [...program, ...(args ?? []).map((word) => expand(word, given))];
}

function envSources(pod: Pod, node: Node): EnvSources {
  return {
    pod,
    podIP: node.address,
    hostIP: node.address,
    services: node.serviceEnv(),
    find: (kind, name) => node.store.get(kind, pod.metadata.namespace, name),
  };
}

function imageProblem({ image, imagePullPolicy }: Container): StartProblem {
  if (imagePullPolicy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    return { kind: 'image', reason: 'ErrImageNeverPull', message };
  }
  const message = `failed to pull and unpack image "${image}": this cluster has no such image; its images are listed in its setting "images"`;
  return { kind: 'image', reason: 'ErrImagePull', message };
}
