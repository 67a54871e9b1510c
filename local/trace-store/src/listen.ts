import type { RequestListener } from 'node:http';
import { cutServer, listen as listenOn, urlOf } from '@beyond-headers/service-kit/listen';

export interface Listener {
  url: string;
  close(): Promise<void>;
}

/** Starts to listen, and returns the URL. If that fails, throws an error that names `variable`, the environment variable of the port. */
export async function listen(
  app: RequestListener,
  host: string,
  port: number,
  variable: string,
): Promise<Listener> {
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
