import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';

// Below every system's range for outgoing connections, so that no connection of anyone takes the port in the
// time between this check and the moment the child listens.
const FIRST = 20_000;
const BLOCK = 32;
const BLOCKS = 375;

// Processes with neighbouring ids look in different blocks; within a process no port is given twice in a row.
let next = FIRST + (process.pid % BLOCKS) * BLOCK;

/** Is no one listening on this TCP port of 127.0.0.1? */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Does somebody listen on this TCP port of 127.0.0.1? Unlike a look whether it is free, this never holds the port itself. */
export async function isListening(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A TCP port of 127.0.0.1 that no one listens on, never the same one twice within a round of 12,000. */
export async function findFreePort(): Promise<number> {
  for (let tried = 0; tried < BLOCK * BLOCKS; tried++) {
    const port = next;
    next = port + 1 < FIRST + BLOCK * BLOCKS ? port + 1 : FIRST;
    if (await isPortFree(port)) return port;
  }
  throw new Error(
    `Failed to find a free port: all from ${FIRST} to ${FIRST + BLOCK * BLOCKS - 1} are taken.`,
  );
}
