import { ContainerLog } from './container-log.ts';

interface Runs {
  current: ContainerLog;
  previous?: ContainerLog;
}

const MAX_TOTAL_BYTES = 64 * 1024 * 1024;

/** The logs of all containers: of each the current run and the one before; together never more than 64 MiB, the oldest go first. */
export class LogBook {
  readonly #runs = new Map<string, Runs>();

  /** A fresh log for a run that starts now; the last run's becomes the previous one. */
  start(podUid: string, container: string): ContainerLog {
    this.#makeRoom();
    const key = `${podUid}/${container}`;
    const last = this.#runs.get(key)?.current;
    const current = new ContainerLog();
    this.#runs.set(key, last ? { current, previous: last } : { current });
    return current;
  }

  find(podUid: string, container: string): Runs | undefined {
    return this.#runs.get(`${podUid}/${container}`);
  }

  forget(podUid: string): void {
    for (const key of this.#runs.keys()) if (key.startsWith(`${podUid}/`)) this.#runs.delete(key);
  }

  #makeRoom(): void {
    let total = 0;
    for (const { current, previous } of this.#runs.values()) total += current.bytes + (previous?.bytes ?? 0);
    for (const { current, previous } of this.#runs.values()) {
      if (total < MAX_TOTAL_BYTES) return;
      total -= current.bytes + (previous?.bytes ?? 0);
      current.clear();
      previous?.clear();
    }
  }
}
