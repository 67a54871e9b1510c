import { timestamp } from '../names.ts';
import { startContainer, type Command, type Exit } from './container-process.ts';
import type { ContainerReport } from './container-report.ts';
import { prepare, type StartProblem } from './start-container.ts';
import type { Stop } from './stop.ts';
import { TerminationMessage } from './termination-message.ts';

const FIRST_BACK_OFF_S = 10;
const LAST_BACK_OFF_S = 300;
const CONFIG_RETRY_S = 10;
const PULL_S = 1;
const NEVER_STARTED = '1970-01-01T00:00:00Z';

/** Runs one container of a pod once, because the restart policy is `Never`. */
export class ContainerRunner {
  readonly #report: ContainerReport;
  readonly #stop: Stop;

  constructor(report: ContainerReport, stop: Stop) {
    this.#report = report;
    this.#stop = stop;
  }

  /** Resolves when the container has ended, or was stopped before it could start. */
  async run(): Promise<void> {
    const command = await this.#untilStartable();
    if (command) return this.#runOnce(command);
    const message = 'The container could not be located when the pod was terminated';
    const terminated = { exitCode: 137, reason: 'ContainerStatusUnknown', message };
    this.#report.set({ state: { terminated }, ready: false });
  }

  async #untilStartable(): Promise<Command | undefined> {
    const { container, pod, node } = this.#report;
    for (let attempt = 0; !this.#stop.requested; attempt += 1) {
      const prepared = prepare(container, pod, node);
      if ('reason' in prepared && prepared.reason === 'ErrImagePull') {
        await this.#imageMissing(prepared, attempt);
        continue;
      }
      if (attempt === 0)
        this.#report.event('Pulled', `Container image "${container.image}" already present on machine`);
      if (!('reason' in prepared)) return prepared;
      this.#report.waits(prepared.reason, prepared.message);
      this.#report.warning(`Error: ${prepared.message}`);
      await this.#stop.within(node.scaled(CONFIG_RETRY_S));
    }
    return undefined;
  }

  async #imageMissing({ reason, message }: StartProblem, attempt: number): Promise<void> {
    const { container, node } = this.#report;
    const image = `image "${container.image}"`;
    this.#report.waits(reason, message);
    this.#report.event('Pulling', `Pulling ${image}`);
    this.#report.warning(`Failed to pull ${image}: ${message}`);
    this.#report.warning(`Error: ${reason}`);
    await this.#stop.within(node.scaled(PULL_S));
    if (this.#stop.requested) return;
    this.#report.waits('ImagePullBackOff', `Back-off pulling ${image}: ${reason}: ${message}`);
    this.#report.event('BackOff', `Back-off pulling ${image}`);
    this.#report.warning('Error: ImagePullBackOff');
    await this.#stop.within(node.scaled(Math.min(FIRST_BACK_OFF_S * 2 ** attempt, LAST_BACK_OFF_S)));
  }

  async #runOnce(command: Command): Promise<void> {
    const { container: manifest, pod, node } = this.#report;
    const log = node.logs.start(pod.metadata.uid, manifest.name);
    this.#report.event('Created', `Created container: ${manifest.name}`);
    const startedAt = timestamp();
    const words = new TerminationMessage(manifest);
    const container = startContainer(words.within(command), log);
    if (container.pid !== undefined) {
      const containerID = `process://${container.pid}`;
      this.#report.event('Started', `Started container ${manifest.name}`);
      this.#report.set({ state: { running: { startedAt } }, ready: true, started: true, containerID });
    }
    const release = this.#stop.onRequest((graceMs) => {
      this.#report.event('Killing', `Stopping container ${manifest.name}`);
      container.terminate();
      return setTimeout(() => container.kill(), graceMs);
    });
    const exit = await container.exit;
    release();
    log.end();
    this.#ended(exit, startedAt, words.take() || undefined);
  }

  #ended({ exitCode, reason, message }: Exit, startedAt: string, lastWords: string | undefined): void {
    const { containerID, name } = this.#report.status;
    if (reason === 'StartError') this.#report.warning(`Error: ${message ?? ''}`);
    // The container started, but its exec failed, because the arguments and the environment are too long.
    else if (!containerID) this.#report.event('Started', `Started container ${name}`);
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
}
