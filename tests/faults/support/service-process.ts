import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tieToThisProcess } from '@beyond-headers/local-process';
import { traces } from './preload.ts';
import { childEnvironment } from '../../support/child-environment.ts';

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
  const log = readLog(child);
  const ended = once(child, 'exit').then(([code, signal]) => {
    untie();
    return (code ?? signal) as number | NodeJS.Signals;
  });
  const gone = () => ended.then(() => {});
  return {
    pid: child.pid ?? 0,
    url: await listeningAt(log, ended),
    log: log.lines,
    ended,
    signal: (signal) => void child.kill(signal),
    kill: () => (child.kill('SIGKILL'), gone()),
    stop: () => (child.kill('SIGTERM'), gone()),
  };
}

function readLog(child: ChildProcess): { lines: LogLine[]; next: () => Promise<unknown> } {
  const lines: LogLine[] = [];
  const readers = [child.stdout!, child.stderr!].map((input) => createInterface({ input }));
  for (const reader of readers) reader.on('line', (line) => lines.push(parse(line)));
  return { lines, next: () => Promise.race(readers.map((reader) => once(reader, 'line'))) };
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'text', msg: line };
  }
}

async function listeningAt(
  log: { lines: LogLine[]; next: () => Promise<unknown> },
  ended: Promise<unknown>,
): Promise<string> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  for (;;) {
    const line = log.lines.find(({ msg }) => msg.startsWith('listening on '));
    if (line) return line.msg.slice('listening on '.length);
    if (isOver) throw new Error(`The service ended: ${JSON.stringify(log.lines)}`);
    await Promise.race([log.next(), ended]);
  }
}
