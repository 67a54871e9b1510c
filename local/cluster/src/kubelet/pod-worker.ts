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
    this.#facts = { hostIP: node.address };
    const runner = (one: Container): ContainerRunner =>
      new ContainerRunner(one, pod, node, this.#stop, () => this.#report());
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
    this.#facts.podIP = this.#node.address;
    await this.#runContainers();
    clearTimeout(deadline);
    this.#facts.outcome = this.#main.every((one) => one.succeeded) ? 'Succeeded' : 'Failed';
    this.#report();
  }

  async #runContainers(): Promise<void> {
    for (const container of this.#init) if (!(await container.runFirst())) return;
    await Promise.all(this.#main.map((container) => container.run()));
  }

  #watchDeadline(): NodeJS.Timeout | undefined {
    const { activeDeadlineSeconds, terminationGracePeriodSeconds = 30 } = this.#pod.spec;
    if (activeDeadlineSeconds === undefined) return undefined;
    return setTimeout(() => {
      const message = 'Pod was active on the node longer than the specified deadline';
      Object.assign(this.#facts, { reason: 'DeadlineExceeded', message });
      this.#stop.request(terminationGracePeriodSeconds * 1000);
    }, activeDeadlineSeconds * 1000);
  }

  #report(): void {
    const init = this.#init.map((one) => one.status);
    const main = this.#main.map((one) => one.status);
    this.#node.store.update('pods', this.#pod, (current) => {
      const status = podStatus(current, { ...this.#facts, init, main });
      return isDeepStrictEqual(status, current.status) ? current : { ...current, status };
    });
  }
}
