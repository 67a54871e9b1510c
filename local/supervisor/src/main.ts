import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { readConfig } from '@beyond-headers/service-kit/config';
import { banner } from './banner.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { startLocalSystem } from './local-system.ts';
import { PORTS, readPorts } from './ports.ts';
import { runIdOf } from './run-directory.ts';
import { databaseLine, shellLine } from './shell-line.ts';
import { startConfig } from './variables.ts';

readCommandLine({
  usage: `npm start

Starts the whole demo on this machine, including MongoDB, and prints what you can do with it. Ctrl-C stops the demo.

The command takes no arguments. To change a setting, set a variable, as in WRITER_PORT=9001 npm start.
docs/reference/environment-variables.md#npm-start lists the variables.`,
});

const startedAt = Date.now();
const interrupted = abortOnInterrupt();

try {
  const ports = readPorts(process.env);
  const aboutShell = shellLine(process.env);
  if (aboutShell) console.log(aboutShell);
  const { MONGODB_URI = '', MONGODB_DATABASE, NO_COLOR } = readConfig(startConfig);
  const aboutDatabase = databaseLine(MONGODB_URI, MONGODB_DATABASE);
  if (aboutDatabase) console.log(aboutDatabase);
  const isDefault = ports.cluster === PORTS.cluster.fallback;
  const system = await startLocalSystem({
    ports,
    ...runIdOf(ports.writer),
    ...(isDefault && { kubeconfig: join(ROOT, '.local', 'kubeconfig') }),
    envFile: join(ROOT, '.local', 'env'),
    log: console.log,
    colour: process.stdout.isTTY && !NO_COLOR,
    signal: interrupted,
  });
  console.log(banner(system, Date.now() - startedAt));
  interrupted.addEventListener('abort', () => void system.stop());
  const failure = await system.stopped;
  if (failure) fail(failure);
  else console.log('Stopped.');
} catch (error) {
  if (interrupted.aborted) console.log('Stopped.');
  else fail(error instanceof Error ? error.message : String(error));
}

function fail(why: string): void {
  console.error(`\n${why}`);
  process.exitCode = 1;
}
