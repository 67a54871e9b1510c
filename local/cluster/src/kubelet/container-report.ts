import type { Container, ContainerStatus, Pod } from '../objects.ts';
import type { Node } from './node.ts';

/** What the world hears of one container: its status and its Events. */
export class ContainerReport {
  #status: ContainerStatus;
  readonly #about: { container: Container; pod: Pod; node: Node; changed: () => void };

  constructor(container: Container, pod: Pod, node: Node, changed: () => void) {
    this.#about = { container, pod, node, changed };
    this.#status = {
      name: container.name,
      state: {
        waiting: { reason: pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating' },
      },
      lastState: {},
      ready: false,
      restartCount: 0,
      image: container.image ?? '',
      imageID: '',
      started: false,
    };
  }

  get status(): ContainerStatus {
    return this.#status;
  }

  set(change: Partial<ContainerStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#about.changed();
  }

  waits(reason: string, message: string): void {
    this.set({ state: { waiting: { reason, message } }, ready: false });
  }

  event(reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    const { container, pod, node } = this.#about;
    const list = pod.spec.containers.includes(container) ? 'containers' : 'initContainers';
    const fieldPath = `spec.${list}{${container.name}}`;
    node.events.record(pod, { type, reason, message, component: 'kubelet', fieldPath });
  }

  warning(message: string): void {
    this.event('Failed', message, 'Warning');
  }
}
