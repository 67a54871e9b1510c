import { timestamp } from '../names.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { startContainer, type Command, type Exit } from './container-process.ts';
import { ContainerReport } from './container-report.ts';
import type { Node } from './node.ts';
import { prepare, type StartProblem } from './start-container.ts';
import type { Stop } from './stop.ts';
import { TerminationMessage } from './termination-message.ts';

const FIRST_BACK_OFF_S = 10;
const LAST_BACK_OFF_S = 300;
const CONFIG_RETRY_S = 10;
const PULL_S = 1;

/** Runs one container of a pod to its end, restarts included. */
export class ContainerRunner {
  readonly #report: ContainerReport;
  readonly #container: Container;
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #stop: Stop;

  constructor(
    container: Container,
    kind: 'init' | 'main',
    pod: Pod,
    node: Node,
    stop: Stop,
    changed: () => void,
  ) {
    this.#container = container;
    this.#pod = pod;
    this.#node = node;
    this.#stop = stop;
    this.#report = new ContainerReport(container, kind, pod, node, changed);
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

  /** Resolves when it has ended for good: at once with restart policy Never, with OnFailure once it succeeded or was stopped. */
  async run(): Promise<void> {
    for (let restarts = 0; ; restarts += 1) {
      const command = await this.#untilStartable();
      if (!command) return this.#neverStarted(restarts);
      const exit = await this.#runOnce(command, restarts);
      if (exit.exitCode === 0 || this.#pod.spec.restartPolicy === 'Never' || this.#stop.requested) return;
      await this.#backOff(restarts);
    }
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
    await this.#stop.within(this.#node.scaled(backOffSeconds(attempt)));
  }

  async #misconfigured(problem: StartProblem): Promise<void> {
    this.#report.misconfigured(problem);
    await this.#stop.within(this.#node.scaled(CONFIG_RETRY_S));
  }

  async #runOnce(command: Command, restarts: number): Promise<Exit> {
    const log = this.#node.logs.start(this.#pod.metadata.uid, this.#container.name);
    this.#report.created();
    const startedAt = timestamp();
    const words = new TerminationMessage(this.#container);
    const container = startContainer(words.within(command), log, this.#node.reaper);
    if (container.pid !== undefined) this.#report.started(startedAt, restarts, container.pid);
    const release = this.#stop.onRequest((graceMs) => {
      this.#report.stopping();
      container.terminate();
      return setTimeout(() => container.kill(), graceMs);
    });
    const exit = await container.exit;
    release();
    log.end();
    this.#report.ended(exit, startedAt, restarts, log, words.take());
    return exit;
  }

  async #backOff(restarts: number): Promise<void> {
    this.#report.restarting();
    // The first restart is at once, as on a real kubelet.
    if (restarts === 0) return;
    const seconds = backOffSeconds(restarts - 1);
    this.#report.restartBackOff(seconds);
    await this.#stop.within(this.#node.scaled(seconds));
  }

  #neverStarted(restarts: number): void {
    if (restarts > 0) this.#report.restoreLast();
    else this.#report.neverRan();
  }
}

function backOffSeconds(attempt: number): number {
  return Math.min(FIRST_BACK_OFF_S * 2 ** attempt, LAST_BACK_OFF_S);
}
