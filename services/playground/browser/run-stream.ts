import type { RunState, RunUpdate, SpanView } from '../view/types.ts';

/** What the page knows about a run. */
export interface RunModel {
  state: RunState;
  spans: SpanView[];
  /** Whether the connection to the server works. */
  isConnected: boolean;
}

const RECONNECT_MS = 1_000;

/** Returns the model of a run about which nothing is known yet. */
export function newModel(runId: string): RunModel {
  const state = { runId, traceIds: [runId], orders: [], jobs: [], findings: [], settled: false };
  return { state, spans: [], isConnected: true };
}

/**
 * Follows a run until it is settled. Updates the model, and reports each change. Returns a function that stops it.
 *
 * After a lost connection, the browser reconnects by itself, and sends the id of the last event that it got. It gives up only on
 * a response that is not a stream. In this case, this function reconnects. A hidden page closes its connection, because a browser
 * allows only six connections to a server, and a visible tab may need one.
 */
export function followRun(model: RunModel, onChange: () => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let after = '';
  document.addEventListener('visibilitychange', followVisibility);
  followVisibility();
  return () => {
    document.removeEventListener('visibilitychange', followVisibility);
    disconnect();
  };

  function followVisibility(): void {
    disconnect();
    if (!document.hidden && !model.state.settled) connect();
  }

  function disconnect(): void {
    clearTimeout(timer);
    source?.close();
  }

  function connect(): void {
    const query = after ? `?after=${encodeURIComponent(after)}` : '';
    const opened = new EventSource(`/api/runs/${model.state.runId}/events${query}`);
    opened.addEventListener('message', onMessage);
    opened.addEventListener('error', () => onError(opened));
    source = opened;
  }

  function onMessage({ data, lastEventId }: MessageEvent<string>): void {
    after = lastEventId;
    take(model, JSON.parse(data) as RunUpdate);
    if (model.state.settled) disconnect();
    onChange();
  }

  function onError(failed: EventSource): void {
    if (failed !== source) return;
    model.isConnected = false;
    if (failed.readyState === EventSource.CLOSED) timer = setTimeout(connect, RECONNECT_MS);
    onChange();
  }
}

function take(model: RunModel, { state, spans, reset }: RunUpdate): void {
  model.isConnected = true;
  model.state = state;
  model.spans = reset ? spans : [...model.spans, ...spans];
}
