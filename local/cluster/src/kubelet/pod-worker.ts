import type { Pod } from '../objects.ts';
import { ContainerReport } from './container-report.ts';
import { runContainer } from './container-runner.ts';
import type { Node } from './node.ts';
import { podStatus, type PodState } from './pod-status.ts';
import { Stop } from './stop.ts';

/** Runs the containers of one pod in parallel, and reports the pod's status to the store. */
export class PodWorker {
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #stop = new Stop();
  readonly #containers: ContainerReport[];
  readonly #facts: Omit<PodState, 'containers'> = {};

  constructor(pod: Pod, node: Node) {
    this.#pod = pod;
    this.#node = node;
    this.#containers = pod.spec.containers.map(
      (one) => new ContainerReport(one, pod, node, () => this.#report()),
    );
  }

  /** Ends the pod: SIGTERM now, SIGKILL after the grace period. */
  terminate(graceMs: number): void {
    this.#stop.request(graceMs);
  }

  async run(): Promise<void> {
    this.#report();
    // Waits for a turn of the event loop, so that a watch sees the pod being created before it runs.
    await this.#stop.within(0);
    this.#facts.podIP = this.#node.address;
    await Promise.all(this.#containers.map((report) => runContainer(report, this.#stop)));
    const succeeded = this.#containers.every(({ status }) => status.state.terminated?.exitCode === 0);
    this.#facts.outcome = succeeded ? 'Succeeded' : 'Failed';
    this.#report();
  }

  #report(): void {
    const containers = this.#containers.map(({ status }) => status);
    this.#node.store.update('pods', this.#pod, (current) => ({
      ...current,
      status: podStatus(current, { ...this.#facts, containers }, this.#node.address),
    }));
  }
}
