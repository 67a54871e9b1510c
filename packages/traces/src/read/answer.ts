import { printable } from '../draw/text.ts';
import { parseJsonTexts } from './json.ts';
import { isObject } from './otlp-groups.ts';
import { parseOtlp } from './otlp.ts';
import type { Span } from '../tree/span.ts';

export const HINT =
  'its address is that of the UI, such as http://127.0.0.1:16686, with its base path where it has one.';

/** The server at the address is not a Jaeger query API, or it refuses access. Trying again doesn't help. */
export class NoQueryApiError extends Error {
  override name = 'NoQueryApiError';
}

/** The response to a request for a trace. */
export interface Answer {
  status: number;
  body: string;
  /** The origin that a redirect led to. */
  redirectedTo: string | undefined;
}

/** Returns the spans in a response of Jaeger, or none if Jaeger doesn't know the trace. Throws an error that shows any other response. */
export function spansOf(url: string, answer: Answer): Span[] {
  const { status, body } = answer;
  if (status === 404 && isJaegersError(body)) return [];
  if (status !== 200) throw refusal(url, answer);
  if (body.trim() === '') throw failure(url, answer, 'Expected the JSON of a trace.');
  if (!body.trimStart().startsWith('{')) throw noQueryApi(url, answer);
  const chunks = chunksOf(url, answer);
  const failed = chunks.find(isError);
  // The error comes after the spans that Jaeger sent until then, beyond what is shown of a body.
  if (failed)
    throw failure(
      url,
      { ...answer, body: JSON.stringify(failed) },
      'Expected a trace without an error in it.',
    );
  if (!chunks.every(isTrace)) throw noQueryApi(url, answer);
  return parseOtlp(chunks);
}

function refusal(url: string, answer: Answer): Error {
  const { status, body } = answer;
  if (status === 401 || status === 403) {
    const expected =
      'Expected access, such as http://USER:PASSWORD@HOST, or with a bearer token in the variable TRACES_TOKEN.';
    return new NoQueryApiError(failure(url, answer, expected).message);
  }
  // A gateway whose Jaeger is not up yet, a timeout, and too many requests are temporary.
  const passes = status >= 500 || status === 408 || status === 429;
  return passes || isJaegersError(body) ? failure(url, answer, 'Expected 200.') : noQueryApi(url, answer);
}

/** Parses the body, which has several chunks in sequence if the server streams them. */
function chunksOf(url: string, answer: Answer): unknown[] {
  try {
    return parseJsonTexts(answer.body);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure(url, answer, `Expected the JSON of a trace, whole (${reason}).`, cause);
  }
}

const isTrace = (chunk: unknown): boolean =>
  isObject(chunk) && ('result' in chunk || 'resourceSpans' in chunk);

/** Reports whether a chunk is an error of Jaeger, `{"error": {"httpCode", "message"}}`. It also ends a stream that failed. */
const isError = (chunk: unknown): boolean =>
  isObject(chunk) && 'error' in chunk && isObject(chunk.error) && 'httpCode' in chunk.error;

function isJaegersError(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    return isError(parsed);
  } catch {
    return false;
  }
}

function noQueryApi(url: string, answer: Answer): NoQueryApiError {
  const message = failure(url, answer, `Expected the JSON of Jaeger; ${HINT}`).message;
  return new NoQueryApiError(`There is no Jaeger query API there. ${message}`);
}

const MAX_SHOWN = 200;

function failure(
  url: string,
  { status, body, redirectedTo }: Answer,
  expected: string,
  cause?: unknown,
): Error {
  const from = redirectedTo === undefined ? '' : ` after a redirect to ${redirectedTo}`;
  const start = printable(body.trim().replaceAll(/\s+/g, ' ')).slice(0, MAX_SHOWN);
  const said = start === '' ? 'an empty body' : JSON.stringify(start);
  return new Error(`Failed to read ${url}: got ${status}${from} with ${said}. ${expected}`, { cause });
}
