import { untraced } from '@beyond-headers/service-kit/untraced';

const TIMEOUT_MS = 5_000;
const MAX_SHOWN = 200;

/** An upstream that did not answer as it should; the message is fit for the page. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';
}

/** `GET`s JSON; undefined for 404. Throws {@link UpstreamError} with who did not answer and how. */
export async function getJson<T>(who: string, url: string): Promise<T | undefined> {
  const response = await ask(who, url, { headers: untraced() });
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok) throw await refused(who, response);
  return jsonOf<T>(who, response);
}

/** `POST`s JSON with headers of the caller's. Throws {@link UpstreamError}. */
export async function postJson<T>(
  who: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await ask(who, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await refused(who, response);
  return jsonOf<T>(who, response);
}

async function ask(who: string, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new UpstreamError(`The ${who} does not answer at ${new URL(url).origin}.`, { cause });
  }
}

async function jsonOf<T>(who: string, response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new UpstreamError(`The ${who} answered no whole JSON.`, { cause });
  }
}

async function refused(who: string, response: Response): Promise<UpstreamError> {
  const text = await response.text().catch(() => '');
  return new UpstreamError(`The ${who} answered ${response.status}: ${text.slice(0, MAX_SHOWN)}`);
}
