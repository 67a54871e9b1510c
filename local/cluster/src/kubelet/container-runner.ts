import { timestamp } from '../names.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { startContainer, type Command, type Exit } from './container-process.ts';
import type { ContainerLog } from './container-log.ts';
import type { Node } from './node.ts';
import { prepare, type StartProblem } from './start-container.ts';
import type { Stop } from './stop.ts';
import { waitingStatus } from './pod-status.ts';

const FIRST_BACK_OFF_S = 10;
const LAST_BACK_OFF_S = 300;
const MAX_MESSAGE_BYTES = 2048;

/** Runs one container of a pod to its end, restarts included, and keeps its status. */
export class ContainerRunner {
  status: ContainerStatus;
  readonly #container: Container;
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #stop: Stop;
  readonly #fieldPath: string;
  readonly #changed: () => void;

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
    this.#changed = changed;
    this.#fieldPath = `spec.${kind === 'init' ? 'initContainers' : 'containers'}{${container.name}}`;
    const hasInit = (pod.spec.initContainers ?? []).length > 0;
    this.status = waitingStatus(container, hasInit ? 'PodInitializing' : 'ContainerCreating');
  }

  /** Resolves when it has ended for good: at once with restart policy Never, with OnFailure once it succeeded or was stopped. */
  async run(): Promise<void> {
    for (let restarts = 0; ; restarts += 1) {
      const command = await this.#untilStartable();
      if (!command) return this.#neverRan();
      const exit = await this.#runOnce(command, restarts);
      if (exit.exitCode === 0 || this.#pod.spec.restartPolicy === 'Never' || this.#stop.requested) return;
      await this.#backOff(restarts);
      if (this.#stop.requested) return this.#restoreLast();
    }
  }

  async #untilStartable(): Promise<Command | undefined> {
    for (let attempt = 0; !this.#stop.requested; attempt += 1) {
      const prepared = prepare(this.#container, this.#pod, this.#node);
      if (!('kind' in prepared)) return prepared;
      await (prepared.kind === 'image'
        ? this.#imageMissing(prepared, attempt)
        : this.#misconfigured(prepared));
    }
    return undefined;
  }

  async #imageMissing({ reason, message }: StartProblem, attempt: number): Promise<void> {
    const { image } = this.#container;
    this.#wait(reason, message);
    if (reason === 'ErrImagePull') {
      this.#event('Pulling', `Pulling image "${image}"`);
      this.#event('Failed', `Failed to pull image "${image}": ${message}`, 'Warning');
    }
    this.#event('Failed', `Error: ${reason}`, 'Warning');
    await this.#stop.within(this.#node.scaled(1));
    if (this.#stop.requested || reason !== 'ErrImagePull') return;
    this.#wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`);
    this.#event('BackOff', `Back-off pulling image "${image}"`);
    this.#event('Failed', 'Error: ImagePullBackOff', 'Warning');
    await this.#stop.within(this.#node.scaled(backOffSeconds(attempt)));
  }

  async #misconfigured({ reason, message }: StartProblem): Promise<void> {
    this.#wait(reason, message);
    this.#event('Failed', `Error: ${message}`, 'Warning');
    await this.#stop.within(this.#node.scaled(FIRST_BACK_OFF_S));
  }

  async #runOnce(command: Command, restarts: number): Promise<Exit> {
    const log = this.#node.logs.start(this.#pod.metadata.uid, this.#container.name);
    this.#event('Pulled', `Container image "${this.#container.image}" already present on machine`);
    this.#event('Created', `Created container: ${this.#container.name}`);
    const startedAt = timestamp();
    const container = startContainer(command, log, this.#node.reaper);
    this.#started(startedAt, restarts, `process://${container.pid ?? 0}`);
    const release = this.#stop.onRequest((graceMs) => {
      this.#event('Killing', `Stopping container ${this.#container.name}`);
      container.terminate();
      return setTimeout(container.kill, graceMs);
    });
    const exit = await container.exit;
    release();
    log.end();
    this.#ended(exit, startedAt, log);
    return exit;
  }

  #started(startedAt: string, restartCount: number, containerID: string): void {
    this.#set({ state: { running: { startedAt } }, ready: true, started: true, restartCount, containerID });
  }

  #ended(exit: Exit, startedAt: string, log: ContainerLog): void {
    const { exitCode, reason } = exit;
    const message = exit.message ?? this.#lastWords(exit, log);
    const { containerID } = this.status;
    if (reason === 'StartError') this.#event('Failed', `Error: ${exit.message ?? ''}`, 'Warning');
    else this.#event('Started', `Started container ${this.#container.name}`);
    this.#set({
      state: {
        terminated: {
          exitCode,
          reason,
          ...(message ? { message } : {}),
          startedAt: reason === 'StartError' ? '1970-01-01T00:00:00Z' : startedAt,
          finishedAt: timestamp(),
          ...(containerID ? { containerID } : {}),
        },
      },
      ready: false,
      started: false,
    });
  }

  #lastWords({ exitCode }: Exit, log: ContainerLog): string | undefined {
    if (exitCode === 0 || this.#container.terminationMessagePolicy !== 'FallbackToLogsOnError')
      return undefined;
    return Buffer.from(log.read({ tailLines: 80 }))
      .subarray(-MAX_MESSAGE_BYTES)
      .toString('utf8');
  }

  async #backOff(restarts: number): Promise<void> {
    const lastState = this.status.state;
    this.#set({ lastState });
    // The first restart is at once, as on a real kubelet.
    if (restarts === 0) return;
    const seconds = backOffSeconds(restarts - 1);
    const { name, namespace, uid } = this.#pod.metadata;
    const which = `${name}_${namespace ?? ''}(${uid})`;
    this.#wait(
      'CrashLoopBackOff',
      `back-off ${seconds}s restarting failed container=${this.#container.name} pod=${which}`,
    );
    this.#event(
      'BackOff',
      `Back-off restarting failed container ${this.#container.name} in pod ${which}`,
      'Warning',
    );
    await this.#stop.within(this.#node.scaled(seconds));
  }

  #restoreLast(): void {
    this.#set({ state: this.status.lastState, lastState: {} });
  }

  #neverRan(): void {
    if (this.status.restartCount > 0) return this.#restoreLast();
    const message = 'The container could not be located when the pod was terminated';
    const terminated = {
      exitCode: 137,
      reason: 'ContainerStatusUnknown',
      message,
      startedAt: null,
      finishedAt: null,
    };
    this.#set({ state: { terminated }, ready: false });
  }

  #wait(reason: string, message: string): void {
    this.#set({ state: { waiting: { reason, message } }, ready: false });
  }

  #set(change: Partial<ContainerStatus>): void {
    this.status = { ...this.status, ...change };
    this.#changed();
  }

  #event(reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    this.#node.events.record(this.#pod, {
      type,
      reason,
      message,
      component: 'kubelet',
      fieldPath: this.#fieldPath,
    });
  }
}

function backOffSeconds(attempt: number): number {
  return Math.min(FIRST_BACK_OFF_S * 2 ** attempt, LAST_BACK_OFF_S);
}
