import type { RunState, RunUpdate, SpanView } from '../view/types.ts';

/** A run as far as it is known here. */
export interface RunModel {
  state: RunState;
  spans: SpanView[];
  /** Whether the server is being heard. */
  isConnected: boolean;
}

const RECONNECT_MS = 1_000;

/**
 * Follows a run until it is over. The browser comes back after a lost connection by itself and names the last event it got;
 * only an answer that is no stream makes it give up, and then this does. Returns how to stop.
 */
export function followRun(runId: string, onChange: (model: RunModel) => void): () => void {
  const model: RunModel = { state: emptyState(runId), spans: [], isConnected: true };
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(`/api/runs/${runId}/events`);
    source.addEventListener('message', (event: MessageEvent<string>) => {
      take(model, JSON.parse(event.data) as RunUpdate);
      if (model.state.settled) source?.close();
      onChange(model);
    });
    source.addEventListener('error', () => {
      model.isConnected = false;
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(connect, RECONNECT_MS);
      onChange(model);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function take(model: RunModel, { state, spans, reset }: RunUpdate): void {
  model.isConnected = true;
  model.state = state;
  model.spans = reset ? spans : [...model.spans, ...spans];
}

function emptyState(runId: string): RunState {
  return { runId, traceIds: [runId], orders: [], jobs: [], settled: false };
}
