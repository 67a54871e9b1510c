import type { RunState, RunUpdate, SpanView } from '../view/types.ts';

/** A run as far as it is known here. */
export interface RunModel {
  state: RunState;
  spans: SpanView[];
  /** Whether the server is being heard. */
  isConnected: boolean;
}

const RECONNECT_MS = 1_000;

/** A run of which nothing is known yet. */
export function newModel(runId: string): RunModel {
  const state = { runId, traceIds: [runId], orders: [], jobs: [], findings: [], settled: false };
  return { state, spans: [], isConnected: true };
}

/**
 * Follows a run until it is over. Changes the model and reports each change. Returns a function that stops it.
 *
 * After a lost connection, the browser connects again by itself and names the last event that it got. It gives up only on an answer
 * that is not a stream, and then this does too. A page that no one sees lets go of its connection: a browser has six for a server,
 * and a tab in sight may need one.
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
