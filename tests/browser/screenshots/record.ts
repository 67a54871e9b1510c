import { newTrace } from '../../../services/playground/browser/traceparent.ts';
import type { Recording } from '../../../services/playground/view/recording.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../../services/playground/view/settings.ts';
import type { CarrierView } from '../../../services/playground/view/types.ts';
import { runEvents } from '../support/run-events.ts';

const DEADLINE_MS = 120_000;

/** Starts a run as the page does, follows it to its end, and returns the server's data. */
export async function record(playgroundUrl: string, changed: Partial<RunSettings>): Promise<Recording> {
  const settings = { ...DEFAULT_SETTINGS, ...changed };
  const { traceId, traceparent } = newTrace();
  const startedAtMs = Date.now();
  await getJson(`${playgroundUrl}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traceparent, clickedAtMs: startedAtMs, settings }),
  });
  const updates = await follow(`${playgroundUrl}/api/runs/${traceId}/events`, startedAtMs);
  const orderId = updates.at(-1)?.update.state.orders[0]?.orderId;
  const carriers = `${playgroundUrl}/api/runs/${traceId}/carriers?orderId=${orderId}`;
  return {
    summary: { runId: traceId, settings, startedAtMs },
    updates,
    carriers: await getJson<CarrierView[]>(carriers),
  };
}

async function follow(url: string, startedAtMs: number): Promise<Recording['updates']> {
  const updates: Recording['updates'] = [];
  for await (const { update } of runEvents(url, { signal: AbortSignal.timeout(DEADLINE_MS) })) {
    updates.push({ atMs: Date.now() - startedAtMs, update });
    if (update.state.settled) return updates;
  }
  throw new Error(
    `Failed to record ${url}: the stream ended before the run did, after ${updates.length} updates.`,
  );
}

async function getJson<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
