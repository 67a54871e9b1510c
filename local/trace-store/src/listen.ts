import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

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
  const server = createServer(app);
  try {
    await once(server.listen(port, host), 'listening');
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'the port is taken' : String(cause);
    throw new Error(`Failed to listen on ${host}:${port}: ${reason}. Set ${variable} to another port.`, {
      cause,
    });
  }
  const address = server.address() as AddressInfo;
  const shown = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${shown}:${address.port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Exporters keep their connections open; what they have not sent is lost either way.
  server.closeAllConnections();
  await closed;
}
