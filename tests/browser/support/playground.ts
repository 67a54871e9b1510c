import type { IncomingMessage, ServerResponse } from 'node:http';
import { createPlayground } from '@beyond-headers/playground';
import { queueControls } from '../../../services/playground/demo/queue-controls.ts';
import { createLogger } from '@beyond-headers/service-kit';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

export interface RunningPlayground {
  url: string;
  port: number;
  /** The number of pages that currently follow a run. */
  readonly openStreams: number;
  /** For each request for a stream, its `Last-Event-ID`. */
  resumedAfter: Array<string | undefined>;
  /** Closes all connections. The server keeps running. */
  cut: () => void;
  stop: () => Promise<void>;
}

/** Starts a playground in this process. `tracesUrl` replaces all other services. */
export async function startPlayground(
  tracesUrl: string,
  { port = 0, docs, hasControls = true }: { port?: number; docs?: string; hasControls?: boolean } = {},
): Promise<RunningPlayground> {
  const logger = createLogger('playground', 'silent');
  const { app, endStreams } = createPlayground({
    ownUrl: tracesUrl,
    writerUrl: tracesUrl,
    pollerUrl: tracesUrl,
    jobLauncherUrl: tracesUrl,
    ...(hasControls && { controls: queueControls(tracesUrl, tracesUrl) }),
    tracesUrl,
    tracesQueryUrl: tracesUrl,
    otlpUrl: tracesUrl,
    logsUrl: tracesUrl,
    docs,
    logger,
  });
  const server = await listen(app, '127.0.0.1', port);
  const resumedAfter: RunningPlayground['resumedAfter'] = [];
  let openStreams = 0;
  server.on('request', ({ url, headers }: IncomingMessage, response: ServerResponse) => {
    if (!url?.includes('/events')) return;
    resumedAfter.push(headers['last-event-id']?.toString());
    openStreams++;
    response.on('close', () => openStreams--);
  });
  const url = urlOf(server);
  return {
    url,
    port: Number(new URL(url).port),
    resumedAfter,
    get openStreams() {
      return openStreams;
    },
    cut: () => server.closeAllConnections(),
    async stop() {
      endStreams();
      await cutServer(server);
    },
  };
}
