import { problem } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import { parseJson } from '@beyond-headers/service-kit/json';
import { untraced } from '@beyond-headers/service-kit/untraced';

const TIMEOUT_MS = 5_000;
const MAX_SHOWN = 200;

/** An upstream service that did not answer as it should. The page can show the message. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';
  /** The status and detail of a refusal that the caller can act on. */
  readonly refusal: { status: number; detail: string } | undefined;

  constructor(message: string, options?: ErrorOptions & { refusal?: UpstreamError['refusal'] }) {
    super(message, options);
    this.refusal = options?.refusal;
  }
}

/** Throws what a caller gets: a refusal with its own status, any other failure of an upstream service as a 502. */
export function toProblem(error: unknown): never {
  if (!(error instanceof UpstreamError)) throw error;
  const { refusal, message } = error;
  throw new HttpProblem(refusal?.status ?? 502, refusal?.detail ?? message, { cause: error });
}

/** Gets JSON. Returns undefined for a 404. Throws an {@link UpstreamError} that names `who` and the failure. */
export async function getJson<T>(who: string, url: string): Promise<T | undefined> {
  const response = await ask(who, url, { headers: untraced() });
  if (response.status !== 404) return jsonOf<T>(who, response);
  await response.body?.cancel();
  return undefined;
}

/** Posts JSON, with additional headers. Throws an {@link UpstreamError}. */
export async function postJson<T>(
  who: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  return jsonOf<T>(who, await ask(who, url, postOf(body, headers)));
}

/** Posts JSON, or nothing without a body, and ignores the body of the response. Throws an {@link UpstreamError}. */
export async function send(
  who: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  const response = await ask(who, url, postOf(body, headers));
  if (!response.ok) throw await refused(who, response);
  await response.body?.cancel();
}

const postOf = (body: unknown, headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
  body: JSON.stringify(body),
});

async function ask(who: string, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new UpstreamError(`The ${who} does not answer at ${new URL(url).origin}.`, { cause });
  }
}

async function jsonOf<T>(who: string, response: Response): Promise<T> {
  if (!response.ok) throw await refused(who, response);
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new UpstreamError(`The ${who} did not answer with complete JSON.`, { cause });
  }
}

async function refused(who: string, response: Response): Promise<UpstreamError> {
  const text = await response.text().catch(() => '');
  const { status } = response;
  const detail = status < 500 ? problem.safeParse(parseJson(text)).data?.detail : undefined;
  return new UpstreamError(`The ${who} answered ${status}: ${text.slice(0, MAX_SHOWN)}`, {
    ...(detail && { refusal: { status, detail } }),
  });
}
