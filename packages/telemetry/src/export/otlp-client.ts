import type * as Http from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import { warn } from '../log.ts';
import { timerMs } from '../max-timer.ts';
import { DeliveryError } from './delivery-error.ts';

/** The rest of an answer is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** What the collector made of a request that it took. */
export interface Accepted {
  /** Spans or log lines that it took note of and will not keep, whatever is done. */
  rejected: number;
  reason?: string | undefined;
}

export interface OtlpClient {
  /** How long a batch may take, retries included: `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  timeoutMs: number;
  /** Posts OTLP JSON once. Rejects with a `DeliveryError`. */
  post(body: Uint8Array | string, timeoutMs: number): Promise<Accepted>;
}

const PATHS = { TRACES: 'v1/traces', LOGS: 'v1/logs' };

/**
 * The one way to the collector. The code of upstream's exporters reads endpoint, headers, timeout, compression and certificates.
 * This client posts by itself because upstream's transport retries whatever the caller wants. It also keeps a process alive that
 * has nothing else to do, and does not report a partial success to its caller.
 */
export function createOtlpClient({
  signal: ofSignal = 'TRACES',
  holdsProcess = false,
}: { signal?: keyof typeof PATHS; holdsProcess?: boolean } = {}): OtlpClient {
  const settings = convertLegacyHttpOptions({}, ofSignal, PATHS[ofSignal], {
    'Content-Type': 'application/json',
  });
  const { url, auth } = withoutCredentials(settings.url);
  const agent = settings.agentFactory(url.protocol);
  return {
    timeoutMs: timerMs(settings.timeoutMillis),
    post: async (body, timeoutMs) => {
      const signal = AbortSignal.timeout(timerMs(Math.max(1, Math.round(timeoutMs))));
      const headers = await settings.headers();
      const isCompressed = settings.compression === 'gzip';
      if (isCompressed) headers['Content-Encoding'] = 'gzip';
      const content = isCompressed ? await promisify(gzip)(body) : body;
      const options = { method: 'POST', headers, auth, agent: await agent, signal };
      try {
        return await answerOf(await send(url, options, content, holdsProcess));
      } catch (error) {
        throw DeliveryError.from(
          signal.aborted ? new Error(`no answer within ${Math.round(timeoutMs)} ms`) : error,
        );
      }
    },
  };
}

/** Node.js throws at a `%` in them that encodes nothing, where the URL itself is valid. */
function withoutCredentials(href: string): { url: URL; auth?: string } {
  const url = new URL(href);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  return username || password ? { url, auth: `${decoded(username)}:${decoded(password)}` } : { url };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function send(
  url: URL,
  options: RequestOptions,
  content: Uint8Array | string,
  holdsProcess: boolean,
): Promise<IncomingMessage> {
  // Only now, so that instrumentations find it unloaded.
  const http = await import('node:http');
  const { request } = url.protocol === 'https:' ? await import('node:https') : http;
  dropInvalidHeaders(options, http);
  return new Promise((resolve, reject) => {
    const sent = request(url, options, resolve);
    sent.on('error', reject);
    if (!holdsProcess) sent.on('socket', (socket) => socket.unref());
    sent.end(content);
  });
}

const invalid = new Set<string>();

/** One pair of `OTEL_EXPORTER_OTLP_HEADERS` that HTTP can't send must not keep the spans from the collector. */
function dropInvalidHeaders({ headers }: RequestOptions, http: typeof Http): void {
  const pairs = Object.entries((headers ?? {}) as Record<string, string>);
  for (const [index, [name, value]] of pairs.entries()) {
    const isName = isAccepted(() => http.validateHeaderName(name));
    if (isName && isAccepted(() => http.validateHeaderValue(name, value))) continue;
    delete (headers as Record<string, string>)[name];
    // With a colon in place of the first `=`, as in `authorization: Basic …`, the secret is in the name.
    const pair = isName ? JSON.stringify(name) : `pair ${index + 1}`;
    if (!invalid.has(name))
      warn(
        `OTEL_EXPORTER_OTLP_HEADERS has ${pair}, with a name or value that HTTP can't send: expected \`name=value\`, separated by commas, values percent-encoded; ignoring it`,
      );
    invalid.add(name);
  }
}

function isAccepted(validate: () => void): boolean {
  try {
    validate();
    return true;
  } catch {
    return false;
  }
}

async function answerOf(response: IncomingMessage): Promise<Accepted> {
  const { statusCode = 0, headers } = response;
  const body = await readStart(response);
  if (statusCode < 200 || statusCode > 299) throw DeliveryError.ofStatus(statusCode, headers['retry-after']);
  return partialSuccess(body);
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString();
}

/** https://opentelemetry.io/docs/specs/otlp/#partial-success-1: what was rejected must not be sent again. */
function partialSuccess(body: string): Accepted {
  try {
    const { partialSuccess: part } = JSON.parse(body) as {
      partialSuccess?: {
        rejectedSpans?: number | string;
        rejectedLogRecords?: number | string;
        errorMessage?: string;
      };
    };
    const rejected = Math.max(0, Number(part?.rejectedSpans ?? part?.rejectedLogRecords ?? 0)) || 0;
    return { rejected, ...(part?.errorMessage && { reason: part.errorMessage }) };
  } catch {
    // Many receivers answer nothing, or with protobuf.
    return { rejected: 0 };
  }
}
