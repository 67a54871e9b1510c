import type { RunState, RunUpdate, SpanView } from '../view/types.ts';

/** A run as far as it is known here. */
export interface RunModel {
  state: RunState;
  spans: SpanView[];
  /** Whether the server is being heard. */
  isConnected: boolean;
}

const RECONNECT_MS = 1_000;

/** Follows a run until it is over. Returns how to stop. */
export function followRun(runId: string, onChange: (model: RunModel) => void): () => void {
  const stream = new RunStream(runId, onChange);
  return () => stream.close();
}

/**
 * The browser comes back after a lost connection by itself and names the last event it got; only an answer that is no stream
 * makes it give up, and then this does. A page that nobody sees lets go of its connection: a browser has six for a server,
 * and a tab in sight may need one.
 */
class RunStream {
  readonly #url: string;
  readonly #model: RunModel;
  readonly #onChange: (model: RunModel) => void;
  readonly #onVisibility = () => this.#followVisibility();
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastEventId = '';

  constructor(runId: string, onChange: (model: RunModel) => void) {
    this.#url = `/api/runs/${runId}/events`;
    this.#model = { state: emptyState(runId), spans: [], isConnected: true };
    this.#onChange = onChange;
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#followVisibility();
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#disconnect();
  }

  #followVisibility(): void {
    this.#disconnect();
    if (!document.hidden && !this.#model.state.settled) this.#connect();
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  #connect(): void {
    const query = this.#lastEventId ? `?after=${encodeURIComponent(this.#lastEventId)}` : '';
    const source = new EventSource(this.#url + query);
    source.addEventListener('message', (event: MessageEvent<string>) => this.#onMessage(event));
    source.addEventListener('error', () => this.#onError(source));
    this.#source = source;
  }

  #onMessage({ data, lastEventId }: MessageEvent<string>): void {
    this.#lastEventId = lastEventId;
    take(this.#model, JSON.parse(data) as RunUpdate);
    if (this.#model.state.settled) this.#disconnect();
    this.#onChange(this.#model);
  }

  #onError(source: EventSource): void {
    if (source !== this.#source) return;
    this.#model.isConnected = false;
    if (source.readyState === EventSource.CLOSED)
      this.#timer = setTimeout(() => this.#connect(), RECONNECT_MS);
    this.#onChange(this.#model);
  }
}

function take(model: RunModel, { state, spans, reset }: RunUpdate): void {
  model.isConnected = true;
  model.state = state;
  model.spans = reset ? spans : [...model.spans, ...spans];
}

function emptyState(runId: string): RunState {
  return { runId, traceIds: [runId], orders: [], jobs: [], settled: false };
}
