import { timestamp } from '../names.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import type { ContainerLog } from './container-log.ts';
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
const MAX_MESSAGE_BYTES = 2048;
const NEVER_STARTED = '1970-01-01T00:00:00Z';

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

  /** Runs it as an init container: true when the next one may start. One that succeeded counts as ready. */
  async runFirst(): Promise<boolean> {
    await this.run();
    if (this.succeeded) this.#report.set({ ready: true });
    return this.succeeded;
  }

  /** Resolves when it has ended, or was stopped before it could start. */
  async run(): Promise<void> {
    const command = await this.#untilStartable();
    if (command) return this.#runOnce(command);
    const message = 'The container could not be located when the pod was terminated';
    const terminated = { exitCode: 137, reason: 'ContainerStatusUnknown', message };
    this.#report.set({ state: { terminated }, ready: false });
  }

  async #untilStartable(): Promise<Command | undefined> {
    for (let attempt = 0; !this.#stop.requested; attempt += 1) {
      const prepared = prepare(this.#container, this.#pod, this.#node);
      if ('kind' in prepared && prepared.kind === 'image') {
        await this.#imageMissing(prepared, attempt);
        continue;
      }
      if (attempt === 0)
        this.#report.event('Pulled', `Container image "${this.#container.image}" already present on machine`);
      if (!('kind' in prepared)) return prepared;
      this.#report.waits(prepared.reason, prepared.message);
      this.#report.warning(`Error: ${prepared.message}`);
      await this.#stop.within(this.#node.scaled(CONFIG_RETRY_S));
    }
    return undefined;
  }

  async #imageMissing({ reason, message }: StartProblem, attempt: number): Promise<void> {
    const { image } = this.#container;
    const pulls = reason === 'ErrImagePull';
    this.#report.waits(reason, message);
    if (pulls) {
      this.#report.event('Pulling', `Pulling image "${image}"`);
      this.#report.warning(`Failed to pull image "${image}": ${message}`);
    }
    this.#report.warning(`Error: ${reason}`);
    await this.#stop.within(this.#node.scaled(PULL_S));
    if (this.#stop.requested) return;
    if (pulls) {
      this.#report.waits('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`);
      this.#report.event('BackOff', `Back-off pulling image "${image}"`);
      this.#report.warning('Error: ImagePullBackOff');
    }
    const backOffS = Math.min(FIRST_BACK_OFF_S * 2 ** attempt, LAST_BACK_OFF_S);
    await this.#stop.within(this.#node.scaled(backOffS));
  }

  async #runOnce(command: Command): Promise<void> {
    const { name } = this.#container;
    const log = this.#node.logs.start(this.#pod.metadata.uid, name);
    this.#report.event('Created', `Created container: ${name}`);
    const startedAt = timestamp();
    const words = new TerminationMessage(this.#container);
    const container = startContainer(words.within(command), log);
    if (container.pid !== undefined) {
      const containerID = `process://${container.pid}`;
      this.#report.event('Started', `Started container ${name}`);
      this.#report.set({ state: { running: { startedAt } }, ready: true, started: true, containerID });
    }
    const release = this.#stop.onRequest((graceMs) => {
      this.#report.event('Killing', `Stopping container ${name}`);
      container.terminate();
      return setTimeout(() => container.kill(), graceMs);
    });
    const exit = await container.exit;
    release();
    log.end();
    this.#ended(exit, startedAt, words.take() || this.#lastWords(exit, log));
  }

  #ended({ exitCode, reason, message }: Exit, startedAt: string, lastWords: string | undefined): void {
    const { containerID } = this.status;
    if (reason === 'StartError') this.#report.warning(`Error: ${message ?? ''}`);
    // Started, but its first act, to become the program, failed: an environment that is too long.
    else if (!containerID) this.#report.event('Started', `Started container ${this.#container.name}`);
    const terminated = {
      exitCode,
      reason,
      message: message ?? lastWords,
      startedAt: reason === 'StartError' ? NEVER_STARTED : startedAt,
      finishedAt: timestamp(),
      containerID,
    };
    this.#report.set({ state: { terminated }, ready: false, started: false });
  }

  /** The end of the log, for a container that asks for it when it fails. */
  #lastWords({ exitCode }: Exit, log: ContainerLog): string | undefined {
    if (exitCode === 0 || this.#container.terminationMessagePolicy !== 'FallbackToLogsOnError')
      return undefined;
    const tail = Buffer.from(log.read({ tailLines: 80 }));
    return tail.subarray(-MAX_MESSAGE_BYTES).toString('utf8');
  }
}
