import type { RunSettings } from '../../view/settings.ts';
import type { TraceLogs } from '../../runs/trace-logs.ts';
import { notRecorded, play, playedAs, RECORDINGS } from './recordings.ts';

/** Recordings contain no log lines. */
const NO_LOGS: TraceLogs = { isCollected: false, lines: [] };

interface Click {
  traceparent: string;
  settings: RunSettings;
}

/** Answers the page's requests about runs, as the playground's server does. */
export async function recordedFetch(url: string, { body }: { body?: string } = {}): Promise<Response> {
  const { pathname } = new URL(url, 'http://recorded');
  const [, runId = ''] = /^\/api\/runs\/([0-9a-f]{32})\/carriers$/.exec(pathname) ?? [];
  if (runId) return Response.json(playedAs(runId)?.recording.carriers ?? []);
  if (/^\/api\/runs\/[0-9a-f]{32}\/logs$/.test(pathname)) return Response.json(NO_LOGS);
  if (pathname !== '/api/runs') return problem('This page has recorded runs, and no server.');
  if (body) return start(JSON.parse(body) as Click);
  return Response.json(RECORDINGS.map(({ summary }) => summary));
}

function start({ traceparent, settings }: Click): Response {
  const recording = play(traceparent.slice(3, 35), settings);
  if (!recording) return problem(notRecorded(settings));
  const { runId } = recording.summary;
  return Response.json({ runId, orderIds: [] }, { status: 202 });
}

const problem = (detail: string): Response => Response.json({ detail }, { status: 404 });
