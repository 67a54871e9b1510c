import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface PortForward {
  url: string;
  stop(): Promise<void>;
}

const DEADLINE_MS = 15_000;

/** Forwards a free port of this machine to a Service. The forwarding ends with the Service's pod. */
export async function forwardPort(namespace: string, service: string, port: number): Promise<PortForward> {
  const args = [
    '--namespace',
    namespace,
    'port-forward',
    '--address',
    '127.0.0.1',
    `service/${service}`,
    `:${port}`,
  ];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await ended;
  };
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    for (;;) {
      const [, local] = /^Forwarding from 127\.0\.0\.1:(\d+)/m.exec(said) ?? [];
      if (local) return { url: `http://127.0.0.1:${local}`, stop };
      if (child.exitCode !== null) throw new Error('it ended');
      await Promise.race([once(child.stdout, 'data', { signal: deadline }), ended]);
    }
  } catch (cause) {
    await stop();
    throw new Error(`Failed to forward a port to ${service}: ${said}`, { cause });
  }
}
