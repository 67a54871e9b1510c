import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tieToThisProcess, until } from '@beyond-headers/local-process';
import { traces } from './preload.ts';
import { childEnvironment } from '../../support/child-environment.ts';

const LISTENING = 'listening on ';
const SERVICES = new URL('../../../services/', import.meta.url);

export interface LogLine {
  level: string;
  msg: string;
  [field: string]: unknown;
}

/** A service in its own process, as in production. */
export interface ServiceProcess {
  pid: number;
  url: string;
  log: LogLine[];
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  signal(signal: NodeJS.Signals): void;
  /** Kills the process, as a crash would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops the process with SIGTERM. Resolves when it is gone. */
  stop(): Promise<void>;
}

interface ServiceProcessOptions {
  service: 'poller' | 'writer';
  env: Record<string, string>;
  /** Program to run instead of the service's `main.ts`. */
  main?: string;
  /** Modules to preload before telemetry. */
  imports?: string[];
}

/** Starts a service and resolves when it serves. It does not outlive this process. */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const { service, env, main = 'main.ts', imports = [] } = options;
  const preloads = [...imports, '@beyond-headers/telemetry/register'].flatMap((name) => ['--import', name]);
  const child = spawn(process.execPath, [...preloads, main], {
    cwd: new URL(`${service}/`, SERVICES),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...childEnvironment,
      OTEL_SERVICE_NAME: service,
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
      TELEMETRY_JOURNAL_DIR: traces.journals,
      POLLER_PORT: '0',
      WRITER_PORT: '0',
      POLL_INTERVAL_MS: '100',
      LEASE_MS: '1500',
      RETRY_BASE_MS: '50',
      ...env,
    },
  });
  const untie = tieToThisProcess(child.pid ?? 0);
  const log: LogLine[] = [];
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => log.push(parse(line)));
  const ended = once(child, 'exit').then(([code, signal]) => {
    untie();
    return (code ?? signal) as number | NodeJS.Signals;
  });
  const gone = () => ended.then(() => {});
  const line = await until(
    () => log.find(({ msg }) => msg.startsWith(LISTENING)),
    (found) => found !== undefined || child.exitCode !== null || child.signalCode !== null,
    { deadlineMs: 30_000, what: `the start of the ${service}` },
  );
  if (!line) throw new Error(`The ${service} ended: ${JSON.stringify(log)}`);
  return {
    pid: child.pid ?? 0,
    url: line.msg.slice(LISTENING.length),
    log,
    ended,
    signal: (signal) => void child.kill(signal),
    kill: () => (child.kill('SIGKILL'), gone()),
    stop: () => (child.kill('SIGTERM'), gone()),
  };
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'text', msg: line };
  }
}
