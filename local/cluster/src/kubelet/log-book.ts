import { ContainerLog } from './container-log.ts';

const MAX_TOTAL_BYTES = 64 * 1024 * 1024;

/** The logs of all containers. If they exceed 64 MiB when a container starts, the oldest are cleared. */
export class LogBook {
  readonly #logs = new Map<string, ContainerLog>();

  /** Creates the log of a starting container. */
  start(podUid: string, container: string): ContainerLog {
    this.#makeRoom();
    const log = new ContainerLog();
    this.#logs.set(`${podUid}/${container}`, log);
    return log;
  }

  find(podUid: string, container: string): ContainerLog | undefined {
    return this.#logs.get(`${podUid}/${container}`);
  }

  forget(podUid: string): void {
    for (const key of this.#logs.keys()) if (key.startsWith(`${podUid}/`)) this.#logs.delete(key);
  }

  #makeRoom(): void {
    let total = 0;
    for (const { bytes } of this.#logs.values()) total += bytes;
    for (const log of this.#logs.values()) {
      if (total < MAX_TOTAL_BYTES) return;
      total -= log.bytes;
      log.clear();
    }
  }
}
