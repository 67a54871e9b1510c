import type { RunSummary } from '../view/types.ts';
import type { RunSettings } from '../view/settings.ts';

const MAX_RUNS = 50;

/** The last runs that this server started, newest first. */
export class RecentRuns {
  readonly #runs = new Map<string, RunSummary>();

  add(runId: string, settings: RunSettings, startedAtMs: number): void {
    this.#runs.set(runId, { runId, settings, startedAtMs });
    const [oldest] = this.#runs.keys();
    if (oldest && this.#runs.size > MAX_RUNS) this.#runs.delete(oldest);
  }

  settingsOf(runId: string): RunSettings | undefined {
    return this.#runs.get(runId)?.settings;
  }

  list(): RunSummary[] {
    return [...this.#runs.values()].toReversed();
  }
}
