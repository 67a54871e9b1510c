import type { RequestListener } from 'node:http';
import { cutServer, listen as listenOn, urlOf } from '@beyond-headers/service-kit/listen';

export interface Listener {
  url: string;
  close(): Promise<void>;
}

/** Listens and gives back the address; `variable` is the setting that is named when the port is taken. */
export async function listen(
  app: RequestListener,
  host: string,
  port: number,
  variable: string,
): Promise<Listener> {
  try {
    const server = await listenOn(app, host, port);
    // Exporters keep their connections open; what they have not sent is lost either way.
    return { url: urlOf(server), close: () => cutServer(server) };
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'the port is taken' : String(cause);
    throw new Error(`Failed to listen on ${host}:${port}: ${reason}. Set ${variable} to another port.`, {
      cause,
    });
  }
}
