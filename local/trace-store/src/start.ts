import type { RequestListener } from 'node:http';
import { cutServer, listen as listenOn, urlOf } from '@beyond-headers/service-kit/listen';
import { otlpReceiver } from './otlp/receiver.ts';
import { queryApp } from './query/app.ts';
import type { Limits } from './store/limits.ts';
import { LogStore } from './store/log-store.ts';
import { TraceStore } from './store/trace-store.ts';

export interface TraceStoreOptions extends Partial<Limits> {
  /** Default 0, any free port. */
  otlpPort?: number;
  queryPort?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Host names that callers may use for both ports, in addition to those that are always allowed. */
  allowedHosts?: readonly string[];
  /** Called with a line for each request that was refused or not fully stored. */
  warn?: (message: string) => void;
}

export interface RunningTraceStore {
  /** The base URL for exporters, which post to `/v1/traces` and `/v1/logs`. Example: `http://127.0.0.1:4318`. */
  otlpUrl: string;
  /** The base URL of `/api/v3/traces/{traceId}` and of the pages. Example: `http://127.0.0.1:16686`. */
  queryUrl: string;
  /** Ends open connections at once. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts the receiver and the query API. If one of them can't listen, stops both and throws an `Error` that names the variable to
 * change.
 */
export async function startTraceStore({
  otlpPort = 0,
  queryPort = 0,
  host = '127.0.0.1',
  allowedHosts = [],
  warn = () => {},
  ...limits
}: TraceStoreOptions = {}): Promise<RunningTraceStore> {
  const stores = { traces: new TraceStore(limits), logs: new LogStore(limits) };
  const otlp = await listen(otlpReceiver(stores, warn, allowedHosts), host, otlpPort, 'OTLP_HTTP_PORT');
  const query = await listen(queryApp(stores, warn, allowedHosts), host, queryPort, 'TRACES_PORT').catch(
    async (error: unknown) => {
      await otlp.close();
      throw error;
    },
  );
  let closing: Promise<unknown> | undefined;
  return {
    otlpUrl: otlp.url,
    queryUrl: query.url,
    close: async () => {
      closing ??= Promise.all([otlp.close(), query.close()]);
      await closing;
    },
  };
}

/** Starts to listen. If that fails, throws an error that names `variable`, the environment variable of the port. */
async function listen(app: RequestListener, host: string, port: number, variable: string) {
  try {
    const server = await listenOn(app, host, port);
    // Exporters keep their connections open. What they have not sent yet is lost either way.
    return { url: urlOf(server), close: () => cutServer(server) };
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'the port is taken' : String(cause);
    throw new Error(`Failed to listen on ${host}:${port}: ${reason}. Set ${variable} to another port.`, {
      cause,
    });
  }
}
