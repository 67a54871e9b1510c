import { join } from 'node:path';

import { banner } from './banner.ts';
import { startLocalSystem } from './local-system.ts';
import { PORTS, readPorts } from './ports.ts';
import { ROOT } from './processes.ts';
import { runIdOf } from './run-directory.ts';

// Everything has stopped well before; this is for a start that cannot be interrupted, such as a download.
const EXIT_AFTER_MS = 5_000;

const startedAt = Date.now();
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

try {
  const ports = readPorts(process.env);
  const isDefault = ports.cluster === PORTS.cluster.fallback;
  const system = await startLocalSystem({
    ports,
    ...runIdOf(ports.writer),
    ...(isDefault && { kubeconfig: join(ROOT, '.local', 'kubeconfig') }),
    log: console.log,
    colour: process.stdout.isTTY && !process.env.NO_COLOR,
    signal: interrupted.signal,
  });
  console.log(banner(system, Date.now() - startedAt));
  interrupted.signal.addEventListener('abort', () => void system.stop());
  const failure = await system.stopped;
  if (failure) fail(failure);
  else console.log('Stopped.');
} catch (error) {
  if (interrupted.signal.aborted) console.log('Stopped.');
  else fail(error instanceof Error ? error.message : String(error));
}

function onSignal(): void {
  // The second time at once: the watchdogs end what is left.
  if (interrupted.signal.aborted) process.exit(1);
  console.log('\nStopping … (again to stop at once)');
  interrupted.abort();
  setTimeout(() => process.exit(1), EXIT_AFTER_MS).unref();
}

function fail(why: string): void {
  console.error(`\n${why}`);
  process.exitCode = 1;
}
