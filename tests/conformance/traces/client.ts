import { setTimeout as delay } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type { Backend } from './backends.ts';
import { normalise, type NormalChunk } from './normalise.ts';

export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** Jaeger stores spans in batches, so they can be read only a moment after the post. */
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

/** Reads until `wanted` accepts the response. At the deadline, returns the last response. */
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

/** The parameter of a raw read, under its name since 2.20 and its former name. */
export const RAW = '?rawTraces=true&raw_traces=true';

/** Reads a trace until it has at least this many spans. Returns it in a form in which backends can be compared. */
export async function readTrace(
  backend: Backend,
  traceId: string,
  spans = 1,
  query = '',
): Promise<NormalChunk[]> {
  const path = `/api/v3/traces/${traceId}${query}`;
  const found = ({ status, body }: Answer) =>
    status === 200 && normalise(body).flatMap((chunk) => chunk.spans).length >= spans;
  const { body } = await getUntil(backend, path, found);
  return normalise(body);
}
