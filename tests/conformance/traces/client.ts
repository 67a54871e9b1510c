import { setTimeout as delay } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type { Backend } from './backends.ts';
import { normalise, type NormalChunk } from './normalise.ts';

export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** Spans can be read a moment after the post: Jaeger collects them in batches. */
const readableWithinMs = 5_000;

export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

export async function post(
  { otlpUrl }: Backend,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Answer> {
  return answerOf(await fetch(`${otlpUrl}/v1/traces`, { method: 'POST', body, headers }));
}

export async function get({ queryUrl }: Backend, path: string): Promise<Answer> {
  return answerOf(await fetch(queryUrl + path));
}

async function answerOf(response: Response): Promise<Answer> {
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  return { status: response.status, type, body: await response.text() };
}

/** Reads until the answer is as the test wants it; the last answer comes back when it never is. */
export async function getUntil(
  backend: Backend,
  path: string,
  wanted: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = performance.now() + readableWithinMs;
  while (true) {
    const answer = await get(backend, path);
    if (wanted(answer) || performance.now() > deadline) return answer;
    await delay(20);
  }
}

/** The parameter of a raw read, by its name since 2.20 and by the former one. */
export const RAW = '?rawTraces=true&raw_traces=true';

/** The trace once it has at least that many spans, in the form in which backends may be compared. */
export async function readTrace(
  backend: Backend,
  traceId: string,
  spans = 1,
  query = '',
): Promise<NormalChunk[]> {
  const path = `/api/v3/traces/${traceId}${query}`;
  const found = ({ status, body }: Answer) => status === 200 && countSpans(body) >= spans;
  const { body } = await getUntil(backend, path, found);
  return normalise(body);
}

function countSpans(body: string): number {
  return normalise(body).reduce((sum, { spans }) => sum + spans.length, 0);
}
