import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

type Mode = 'open' | 'black hole' | 'no answers' | 'refuse';

export interface TcpProxy {
  port: number;
  /** Lets connections through again. */
  open(): void;
  /** Connections are made and kept, and nothing goes through: as when a host is gone without a word. */
  blackHole(): void;
  /** Requests go through, their answers do not: what was asked for happens, and the caller does not learn of it. */
  swallowAnswers(): void;
  /** Ends every connection, and each new one at once. */
  refuse(): void;
  close(): Promise<void>;
}

/** Stands between two parts of the system, so that one can be away without stopping it: others use it too. */
export async function startTcpProxy(target: { host: string; port: number }, host: string): Promise<TcpProxy> {
  let mode: Mode = 'open';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (mode === 'refuse') client.destroy();
    if (mode === 'refuse' || mode === 'black hole') return;
    const upstream = connect(target);
    keep(upstream);
    client.on('data', (chunk) => (mode === 'open' || mode === 'no answers') && upstream.write(chunk));
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
      // What was swallowed is missing from the old streams: they can't go on.
      if (mode !== 'open') endAll();
      mode = 'open';
    },
    blackHole() {
      mode = 'black hole';
    },
    swallowAnswers() {
      mode = 'no answers';
    },
    refuse() {
      mode = 'refuse';
      endAll();
    },
    async close() {
      endAll();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
