import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

type Mode = 'open' | 'black hole' | 'no answers';

export interface TcpProxy {
  port: number;
  /** Lets connections through again. */
  open(): void;
  /** Accepts connections and keeps them open, but forwards nothing, as when a host disappears silently. */
  blackHole(): void;
  /** Forwards requests, but not their responses: the server acts, and the caller doesn't learn of it. */
  swallowAnswers(): void;
  close(): Promise<void>;
}

/** Forwards TCP connections between two parts of the system. A test can cut one part off without stopping it for its other clients. */
export async function startTcpProxy(target: { host: string; port: number }, host: string): Promise<TcpProxy> {
  let mode: Mode = 'open';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (mode === 'black hole') return;
    const upstream = connect(target);
    keep(upstream);
    client.on('data', (chunk) => mode !== 'black hole' && upstream.write(chunk));
    upstream.on('data', (chunk) => mode === 'open' && client.write(chunk));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await once(server.listen(0, host), 'listening');
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    open() {
      // The old streams lack the bytes that were dropped, so they can't continue.
      if (mode !== 'open') endAll();
      mode = 'open';
    },
    blackHole() {
      mode = 'black hole';
    },
    swallowAnswers() {
      mode = 'no answers';
    },
    async close() {
      endAll();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
