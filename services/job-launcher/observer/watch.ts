import { ApiException, HttpMethod, RequestContext, type KubeConfig } from '@kubernetes/client-node';
import { fetch } from 'undici';
import { REPORT_JOB_SELECTOR } from '../job-manifest.ts';
import type { Change, Seen } from './follow.ts';

/** One line of a watch. https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
interface WatchEvent<T> {
  type: Change<T>['type'] | 'BOOKMARK' | 'ERROR';
  object: T & { code?: number; metadata?: { resourceVersion?: string } };
}

export interface WatchOptions {
  /** The version to resume from. Without it, the watch begins with the existing objects. */
  version: string | undefined;
  /** How long the server is asked to keep the watch open. */
  seconds: number;
  signal: AbortSignal;
}

/**
 * Watches this service's objects in one collection. Ends when the server ends the watch. Throws if the server refuses the watch, breaks
 * the connection, or sends an invalid line. Throws a `TimeoutError` if the server doesn't end the watch in time: then the connection is
 * dead, or a proxy buffers it. The client library's own `Watch` skips invalid lines, and so loses changes.
 */
export async function* watch<T>(
  config: KubeConfig,
  path: string,
  { version, seconds, signal }: WatchOptions,
): AsyncGenerator<Seen<T>> {
  const overdue = AbortSignal.timeout(seconds * 1_250);
  const url = watchUrl(config, path, version, seconds);
  for await (const line of lines(await open(config, url, AbortSignal.any([signal, overdue])))) {
    const { type, object } = JSON.parse(line) as WatchEvent<T>;
    if (type === 'ERROR') throw refused(object.code ?? 500, JSON.stringify(object));
    const seen = object.metadata?.resourceVersion;
    if (!seen)
      throw new Error(`Failed to read a watch: got ${line.slice(0, 200)}. Expected a change of an object.`);
    yield { version: seen, ...(type !== 'BOOKMARK' && { change: { type, object } }) };
  }
}

function watchUrl(config: KubeConfig, path: string, version: string | undefined, seconds: number): URL {
  const url = new URL(`${config.getCurrentCluster()?.server}${path}`);
  url.search = new URLSearchParams({
    watch: 'true',
    labelSelector: REPORT_JOB_SELECTOR,
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(seconds),
    ...(version && { resourceVersion: version }),
  }).toString();
  return url;
}

async function open(config: KubeConfig, url: URL, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const request = new RequestContext(url.href, HttpMethod.GET);
  await config.applySecurityAuthentication(request);
  const dispatcher = request.getDispatcher();
  const response = await fetch(url, {
    headers: request.getHeaders(),
    signal,
    ...(dispatcher && { dispatcher }),
  });
  if (response.status === 200 && response.body) return response.body;
  throw refused(response.status, await response.text(), Object.fromEntries(response.headers));
}

/** Leaves out an incomplete last line: the next watch delivers that event again. */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

const refused = (code: number, body: string, headers: Record<string, string> = {}): ApiException<string> =>
  new ApiException(code, 'the watch was refused', body, headers);
