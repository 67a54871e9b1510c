import { timestamp } from '../names.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { startContainer, type Command } from './container-process.ts';
import { ContainerReport } from './container-report.ts';
import type { Node } from './node.ts';
import { prepare, type StartProblem } from './start-container.ts';
import type { Stop } from './stop.ts';
import { TerminationMessage } from './termination-message.ts';

const FIRST_BACK_OFF_S = 10;
const LAST_BACK_OFF_S = 300;
const CONFIG_RETRY_S = 10;
const PULL_S = 1;

/** Runs one container of a pod to its end, once: its restart policy is Never. */
export class ContainerRunner {
  readonly #container: Container;
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #stop: Stop;
  readonly #report: ContainerReport;

  constructor(container: Container, pod: Pod, node: Node, stop: Stop, changed: () => void) {
    this.#container = container;
    this.#pod = pod;
    this.#node = node;
    this.#stop = stop;
    this.#report = new ContainerReport(container, pod, node, changed);
  }

  get status(): ContainerStatus {
    return this.#report.status;
  }

  get succeeded(): boolean {
    return this.status.state.terminated?.exitCode === 0;
  }

  /** Runs it as an init container: true when the next one may start. */
  async runFirst(): Promise<boolean> {
    await this.run();
    if (this.succeeded) this.#report.initialized();
    return this.succeeded;
  }

  /** Resolves when it has ended, or was stopped before it could start. */
  async run(): Promise<void> {
    const command = await this.#untilStartable();
    if (command) await this.#runOnce(command);
    else this.#report.neverRan();
  }

  async #untilStartable(): Promise<Command | undefined> {
    for (let attempt = 0; !this.#stop.requested; attempt += 1) {
      const prepared = prepare(this.#container, this.#pod, this.#node);
      const problem = 'kind' in prepared ? prepared : undefined;
      if (attempt === 0 && problem?.kind !== 'image') this.#report.pulled();
      if (!('kind' in prepared)) return prepared;
      await (prepared.kind === 'image'
        ? this.#imageMissing(prepared, attempt)
        : this.#misconfigured(prepared));
    }
    return undefined;
  }

  async #imageMissing(problem: StartProblem, attempt: number): Promise<void> {
    this.#report.imageMissing(problem);
    await this.#stop.within(this.#node.scaled(PULL_S));
    if (this.#stop.requested) return;
    if (problem.reason === 'ErrImagePull') this.#report.pullBackOff(problem);
    const backOffS = Math.min(FIRST_BACK_OFF_S * 2 ** attempt, LAST_BACK_OFF_S);
    await this.#stop.within(this.#node.scaled(backOffS));
  }

  async #misconfigured(problem: StartProblem): Promise<void> {
    this.#report.misconfigured(problem);
    await this.#stop.within(this.#node.scaled(CONFIG_RETRY_S));
  }

  async #runOnce(command: Command): Promise<void> {
    const log = this.#node.logs.start(this.#pod.metadata.uid, this.#container.name);
    this.#report.created();
    const startedAt = timestamp();
    const words = new TerminationMessage(this.#container);
    const container = startContainer(words.within(command), log, this.#node.reaper);
    if (container.pid !== undefined) this.#report.started(startedAt, container.pid);
    const release = this.#stop.onRequest((graceMs) => {
      this.#report.stopping();
      container.terminate();
      return setTimeout(() => container.kill(), graceMs);
    });
    const exit = await container.exit;
    release();
    log.end();
    this.#report.ended(exit, startedAt, log, words.take());
  }
}
