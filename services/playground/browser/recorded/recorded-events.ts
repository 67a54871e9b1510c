import type { RunUpdate } from '../../view/types.ts';
import { playedAs } from './recordings.ts';

/** The longest pause between two updates. Kubernetes waits ten seconds or more before a retry, but a viewer doesn't have to. */
const MAX_PAUSE_MS = 1_000;

/** The stream of a run, with the interface of `EventSource`. */
export class RecordedEvents extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  readonly #timers: Array<ReturnType<typeof setTimeout>> = [];

  constructor(url: string) {
    super();
    const { pathname, searchParams } = new URL(url, 'http://recorded');
    const runId = pathname.split('/')[3] ?? '';
    const after = Number(searchParams.get('after') ?? -1);
    // The page opens the stream of a click before it sends the click, which selects the recording.
    this.#after(0, () => this.#play(runId, after));
  }

  close(): void {
    this.readyState = RecordedEvents.CLOSED;
    this.#timers.forEach(clearTimeout);
  }

  #play(runId: string, after: number): void {
    const played = playedAs(runId);
    if (!played) return this.#send(0, unknown(runId));
    // A page that reconnects gets all missing updates at once.
    const inTime = played.inTime && after < 0;
    let [ms, last] = [0, 0];
    for (const [index, { atMs, update }] of played.recording.updates.entries()) {
      if (inTime) ms += Math.min(atMs - last, MAX_PAUSE_MS);
      last = atMs;
      if (index > after) this.#after(ms, () => this.#send(index, update));
    }
  }

  #after(ms: number, action: () => void): void {
    this.#timers.push(setTimeout(action, ms));
  }

  #send(index: number, update: RunUpdate): void {
    const init = { data: JSON.stringify(update), lastEventId: String(index) };
    this.dispatchEvent(new MessageEvent('message', init));
  }
}

/** A link from another page can name a run that was not recorded. */
function unknown(runId: string): RunUpdate {
  const problem = 'This run was not recorded. Press Run, or choose one of the list below.';
  const state = { runId, traceIds: [runId], orders: [], jobs: [], findings: [], settled: true, problem };
  return { state, spans: [], reset: true };
}
