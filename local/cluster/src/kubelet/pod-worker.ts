import { isDeepStrictEqual } from 'node:util';
import type { Container, Pod } from '../objects.ts';
import { ContainerRunner } from './container-runner.ts';
import type { Node } from './node.ts';
import { podStatus, type PodState } from './pod-status.ts';
import { Stop } from './stop.ts';

/** Runs one pod: its init containers in order, then its containers, and reports its status to the store. */
export class PodWorker {
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #stop = new Stop();
  readonly #init: ContainerRunner[];
  readonly #main: ContainerRunner[];
  readonly #facts: Omit<PodState, 'init' | 'main'>;

  constructor(pod: Pod, node: Node) {
    this.#pod = pod;
    this.#node = node;
    this.#facts = { hostIP: node.address, sandbox: false };
    const changed = (): void => this.#report();
    const runner = (one: Container): ContainerRunner =>
      new ContainerRunner(one, pod, node, this.#stop, changed);
    this.#init = (pod.spec.initContainers ?? []).map(runner);
    this.#main = pod.spec.containers.map(runner);
  }

  /** Ends the pod: SIGTERM now, SIGKILL after the grace period. */
  terminate(graceMs: number): void {
    this.#stop.request(graceMs);
  }

  async run(): Promise<void> {
    this.#report();
    const deadline = this.#watchDeadline();
    // A turn of the event loop in between lets a watch see the pod being created before it runs.
    await this.#stop.within(0);
    Object.assign(this.#facts, { sandbox: true, podIP: this.#node.address });
    await this.#runContainers();
    clearTimeout(deadline);
    Object.assign(this.#facts, { outcome: this.#outcome() });
    this.#report();
  }

  async #runContainers(): Promise<void> {
    for (const container of this.#init) if (!(await container.runFirst())) return;
    await Promise.all(this.#main.map((container) => container.run()));
  }

  #outcome(): 'Succeeded' | 'Failed' {
    return this.#main.every((one) => one.succeeded) ? 'Succeeded' : 'Failed';
  }

  #watchDeadline(): NodeJS.Timeout | undefined {
    const seconds = this.#pod.spec.activeDeadlineSeconds;
    if (seconds === undefined) return undefined;
    return setTimeout(() => {
      const message = 'Pod was active on the node longer than the specified deadline';
      Object.assign(this.#facts, { reason: 'DeadlineExceeded', message });
      this.#stop.request((this.#pod.spec.terminationGracePeriodSeconds ?? 30) * 1000);
    }, seconds * 1000);
  }

  #report(): void {
    const state: PodState = {
      ...this.#facts,
      init: this.#init.map((one) => one.status),
      main: this.#main.map((one) => one.status),
    };
    this.#node.store.update('pods', this.#pod, (current) => {
      const status = podStatus(current, state);
      return isDeepStrictEqual(status, current.status) ? current : { ...current, status };
    });
  }
}
