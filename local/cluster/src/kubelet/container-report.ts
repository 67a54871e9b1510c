import type { Container, ContainerStatus, Pod } from '../objects.ts';
import type { Node } from './node.ts';

/** One container of a pod, and what the API shows about it: its status and its Events. */
export class ContainerReport {
  readonly container: Container;
  readonly pod: Pod;
  readonly node: Node;
  status: ContainerStatus;
  readonly #changed: () => void;

  constructor(container: Container, pod: Pod, node: Node, changed: () => void) {
    this.container = container;
    this.pod = pod;
    this.node = node;
    this.#changed = changed;
    this.status = {
      name: container.name,
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: {},
      ready: false,
      restartCount: 0,
      image: container.image ?? '',
      imageID: '',
      started: false,
    };
  }

  set(change: Partial<ContainerStatus>): void {
    this.status = { ...this.status, ...change };
    this.#changed();
  }

  waits(reason: string, message: string): void {
    this.set({ state: { waiting: { reason, message } }, ready: false });
  }

  event(reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    const fieldPath = `spec.containers{${this.container.name}}`;
    this.node.event(this.pod, { type, reason, message, component: 'kubelet', fieldPath });
  }

  warning(message: string): void {
    this.event('Failed', message, 'Warning');
  }
}
