import type * as Http from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import { warnOnce } from '../log.ts';
import { timerMs } from '../max-timer.ts';
import { percentDecoded } from '../percent-decoded.ts';
import { DeliveryError, PATHS, type Signal } from './delivery-error.ts';

/** The client stops reading a response beyond this size. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** The result of a request that the collector accepted. */
export interface Accepted {
  /** The number of spans or log lines that the collector rejected for good. */
  rejected: number;
  reason?: string | undefined;
}

export interface OtlpClient {
  /** The maximum time for a batch, including retries: `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  timeoutMs: number;
  /** Posts OTLP JSON once. Rejects with a `DeliveryError`. */
  post(body: Uint8Array | string, timeoutMs: number): Promise<Accepted>;
}

/**
 * Creates a client for the collector. The code of upstream's exporters reads the endpoint, headers, timeout, compression, and
 * certificates. This client doesn't use upstream's transport, which always retries, keeps an idle process alive, and doesn't
 * report a partial success to its caller.
 */
export function createOtlpClient({
  signal: ofSignal = 'TRACES',
  holdsProcess = false,
}: { signal?: Signal; holdsProcess?: boolean } = {}): OtlpClient {
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
        return await answerOf(url, ofSignal, await send(url, options, content, holdsProcess));
      } catch (error) {
        throw DeliveryError.from(
          signal.aborted ? new Error(`no answer within ${Math.round(timeoutMs)} ms`) : error,
        );
      }
    },
  };
}

/** Removes credentials from the URL, because Node.js throws for an invalid `%` in them, even though the URL is valid. */
function withoutCredentials(href: string): { url: URL; auth?: string } {
  const url = new URL(href);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  return username || password
    ? { url, auth: `${percentDecoded(username)}:${percentDecoded(password)}` }
    : { url };
}

async function send(
  url: URL,
  options: RequestOptions,
  content: Uint8Array | string,
  holdsProcess: boolean,
): Promise<IncomingMessage> {
  // Loaded late, so that instrumentations can patch the module first.
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

/** Drops headers that HTTP can't send, so that one bad pair in `OTEL_EXPORTER_OTLP_HEADERS` doesn't block the export. */
function dropInvalidHeaders({ headers }: RequestOptions, http: typeof Http): void {
  const pairs = Object.entries((headers ?? {}) as Record<string, string>);
  for (const [index, [name, value]] of pairs.entries()) {
    const isName = isAccepted(() => http.validateHeaderName(name));
    if (isName && isAccepted(() => http.validateHeaderValue(name, value))) continue;
    delete (headers as Record<string, string>)[name];
    // If the pair has a colon instead of the first `=`, as in `authorization: Basic …`, the name contains the secret.
    const pair = isName ? JSON.stringify(name) : `pair ${index + 1}`;
    warnOnce(
      `header ${name}`,
      `OTEL_EXPORTER_OTLP_HEADERS has ${pair}, with a name or value that HTTP can't send: expected \`name=value\`, separated by commas, values percent-encoded; ignoring it`,
    );
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

async function answerOf({ origin }: URL, signal: Signal, response: IncomingMessage): Promise<Accepted> {
  const { statusCode = 0, headers } = response;
  const body = await readStart(response);
  if (statusCode < 200 || statusCode > 299) throw DeliveryError.ofStatus(origin, statusCode, headers, signal);
  // The port of a UI, such as Jaeger's, answers every request with its page.
  // The letter matters: an answer in protobuf may begin with a line feed and `<`, too.
  if (/^\s*<[!?a-z]/i.test(body))
    throw new DeliveryError(
      `${origin} answered with a web page. Expected an OTLP/HTTP endpoint, which usually has the port 4318`,
    );
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

/**
 * Reads a partial success. The client must not retry what was rejected.
 * https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
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
    // Many receivers respond with an empty body, or with protobuf.
    return { rejected: 0 };
  }
}
