import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';

const ECHO = 'process.stdin.pipe(process.stdout)';

/** Sends bytes to another process, and returns what it sends back. */
export async function throughProcess(bytes: Uint8Array): Promise<Buffer> {
  const child = spawn(process.execPath, ['-e', ECHO], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  child.stdin.end(bytes);
  const arrived = await buffer(child.stdout);
  await closed;
  return arrived;
}
