import { timestamp } from '../names.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import type { ContainerLog } from './container-log.ts';
import type { Exit } from './container-process.ts';
import type { Node } from './node.ts';
import { waitingStatus } from './pod-status.ts';
import type { StartProblem } from './start-container.ts';

const MAX_MESSAGE_BYTES = 2048;
const NEVER_STARTED = '1970-01-01T00:00:00Z';

/** What the world hears of one container: its status and its Events, in the kubelet's words. */
export class ContainerReport {
  #status: ContainerStatus;
  readonly #container: Container;
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #changed: () => void;

  constructor(container: Container, pod: Pod, node: Node, changed: () => void) {
    this.#container = container;
    this.#pod = pod;
    this.#node = node;
    this.#changed = changed;
    const hasInit = (pod.spec.initContainers ?? []).length > 0;
    this.#status = waitingStatus(container, hasInit ? 'PodInitializing' : 'ContainerCreating');
  }

  get status(): ContainerStatus {
    return this.#status;
  }

  pulled(): void {
    this.#event('Pulled', `Container image "${this.#container.image}" already present on machine`);
  }

  imageMissing({ reason, message }: StartProblem): void {
    this.#wait(reason, message);
    const { image } = this.#container;
    if (reason === 'ErrImagePull') {
      this.#event('Pulling', `Pulling image "${image}"`);
      this.#event('Failed', `Failed to pull image "${image}": ${message}`, 'Warning');
    }
    this.#event('Failed', `Error: ${reason}`, 'Warning');
  }

  pullBackOff({ message }: StartProblem): void {
    const { image } = this.#container;
    this.#wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`);
    this.#event('BackOff', `Back-off pulling image "${image}"`);
    this.#event('Failed', 'Error: ImagePullBackOff', 'Warning');
  }

  misconfigured({ reason, message }: StartProblem): void {
    this.#wait(reason, message);
    this.#event('Failed', `Error: ${message}`, 'Warning');
  }

  created(): void {
    this.#event('Created', `Created container: ${this.#container.name}`);
  }

  started(startedAt: string, pid: number): void {
    this.#event('Started', `Started container ${this.#container.name}`);
    const containerID = `process://${pid}`;
    this.#set({ state: { running: { startedAt } }, ready: true, started: true, containerID });
  }

  stopping(): void {
    this.#event('Killing', `Stopping container ${this.#container.name}`);
  }

  ended(exit: Exit, startedAt: string, log: ContainerLog, words: string): void {
    const { exitCode, reason } = exit;
    const { containerID } = this.#status;
    if (reason === 'StartError') this.#event('Failed', `Error: ${exit.message ?? ''}`, 'Warning');
    // Started, but its first act, to become the program, failed: an environment that is too long.
    if (reason === 'Error' && !containerID)
      this.#event('Started', `Started container ${this.#container.name}`);
    const message = exit.message ?? (words || this.#lastWords(exit, log));
    const terminated = {
      exitCode,
      reason,
      ...(message ? { message } : {}),
      startedAt: reason === 'StartError' ? NEVER_STARTED : startedAt,
      finishedAt: timestamp(),
      ...(containerID ? { containerID } : {}),
    };
    this.#set({ state: { terminated }, ready: false, started: false });
  }

  /** An init container that succeeded counts as ready. */
  initialized(): void {
    this.#set({ ready: true });
  }

  neverRan(): void {
    const terminated = {
      exitCode: 137,
      reason: 'ContainerStatusUnknown',
      message: 'The container could not be located when the pod was terminated',
      startedAt: null,
      finishedAt: null,
    };
    this.#set({ state: { terminated }, ready: false });
  }

  #lastWords({ exitCode }: Exit, log: ContainerLog): string | undefined {
    if (exitCode === 0 || this.#container.terminationMessagePolicy !== 'FallbackToLogsOnError')
      return undefined;
    const tail = Buffer.from(log.read({ tailLines: 80 }));
    return tail.subarray(-MAX_MESSAGE_BYTES).toString('utf8');
  }

  #wait(reason: string, message: string): void {
    this.#set({ state: { waiting: { reason, message } }, ready: false });
  }

  #set(change: Partial<ContainerStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#changed();
  }

  #event(reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    const list = this.#pod.spec.containers.includes(this.#container) ? 'containers' : 'initContainers';
    const fieldPath = `spec.${list}{${this.#container.name}}`;
    this.#node.events.record(this.#pod, { type, reason, message, component: 'kubelet', fieldPath });
  }
}
