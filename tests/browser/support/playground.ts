import type { AddressInfo } from 'node:net';
import { createPlayground } from '@beyond-headers/playground';
import { closeServer, createLogger, listen } from '@beyond-headers/service-kit';

export interface RunningPlayground {
  url: string;
  port: number;
  stop: () => Promise<void>;
}

/** A playground in this process, whose trace API is at an address of the test's; nothing else is there unless it is named. */
export async function startPlayground(
  tracesUrl: string,
  { port = 0, writerUrl = tracesUrl, jobLauncherUrl = tracesUrl, otlpUrl = tracesUrl } = {},
): Promise<RunningPlayground> {
  const logger = createLogger('playground', 'silent');
  const { app, endStreams } = createPlayground({
    writerUrl,
    jobLauncherUrl,
    tracesUrl,
    tracesQueryUrl: tracesUrl,
    otlpUrl,
    logger,
  });
  const server = await listen(app, '127.0.0.1', port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async stop() {
      endStreams();
      server.closeAllConnections();
      await closeServer(server);
    },
  };
}
