import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killGroup, tieToThisProcess } from '@beyond-headers/local-process';
import { childEnvironment } from '../../support/child-environment.ts';
import { runToEnd } from '../../support/run-to-end.ts';
import { SERVERS, type Server } from '../../support/servers.ts';
import type { System } from './systems.ts';

const PROGRAMS = join(import.meta.dirname, 'systems');
const CASE_MS = 90_000;

/** The folder of the programs and their packages. */
export interface Workshop {
  directory: string;
  /** The Python interpreter with the packages of the programs in Python. Absent if no such program is requested. */
  python?: string;
  close(): Promise<void>;
}

/** Copies the programs into a temporary folder, and installs the packages that their lock files pin. */
export async function installPrograms(systems: readonly System[]): Promise<Workshop> {
  const directory = await mkdtemp(join(tmpdir(), 'foreign-systems-'));
  const close = () => rm(directory, { recursive: true, force: true });
  await cp(PROGRAMS, directory, { recursive: true });
  try {
    const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error'];
    if (systems.some(({ language, bundled }) => !language && !bundled))
      runToEnd(['npm', 'ci', '--ignore-scripts', ...quiet], { cwd: directory });
    const isPythonAsked = systems.some(({ language }) => language === 'python');
    return { directory, close, ...(isPythonAsked && { python: installPython(directory) }) };
  } catch (error) {
    await close();
    throw error;
  }
}

function installPython(directory: string): string {
  const python = join(directory, 'venv', 'bin', 'python');
  runToEnd(['python3', '-m', 'venv', 'venv'], { cwd: directory });
  runToEnd([python, '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt'], {
    cwd: directory,
  });
  return python;
}

/** The programs in their source folder, with this project's packages. That is enough for bundled systems. */
export const programsInPlace: Workshop = { directory: PROGRAMS, close: async () => {} };

/** The output of a case's processes, as lines of OTLP JSON. */
export interface Recording {
  name: string;
  lines: string;
}

/** Returns what this machine lacks to record a system, as text for a person. */
export const missing = ({ server, language }: System): string | undefined =>
  (server && SERVERS[server].missing()) ??
  (language === 'python' && spawnSync('python3', ['-c', 'import venv']).status !== 0
    ? 'Python 3 with venv'
    : undefined);

/** Starts the system's server, plays its cases one after the other, and yields the recording of each. */
export async function* record(system: System, workshop: Workshop): AsyncGenerator<Recording> {
  const { server } = system;
  const program = programOf(system, workshop);
  const running: Server = server ? await SERVERS[server].start() : { environment: {}, close: async () => {} };
  const scratch = await mkdtemp(join(tmpdir(), 'foreign-spans-'));
  try {
    for (const name of casesOf(program, running.environment)) {
      const file = join(scratch, `${name}.jsonl`);
      await play([...program, name], { ...running.environment, FOREIGN_OUT: file });
      yield { name, lines: await readFile(file, 'utf8') };
    }
  } finally {
    await running.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

const programOf = ({ name, language }: System, { directory, python = 'python3' }: Workshop): string[] =>
  language === 'python'
    ? [python, join(directory, `${name}.py`)]
    : [process.execPath, join(directory, `${name}.mjs`)];

const casesOf = (program: readonly string[], environment: Record<string, string>): string[] =>
  runToEnd([...program], { env: { ...process.env, ...environment } })
    .trim()
    .split('\n');

async function play([program = '', ...args]: string[], environment: Record<string, string>): Promise<void> {
  const { HOME } = process.env;
  // The services are child processes of the program. In one process group, all can be killed, even if the program hangs.
  const child = spawn(program, args, { env: { ...childEnvironment, HOME, ...environment }, detached: true });
  const untie = child.pid === undefined ? () => {} : tieToThisProcess(child.pid);
  const endGroup = () => {
    untie();
    if (child.pid !== undefined) killGroup(child.pid);
  };
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const limit = setTimeout(endGroup, CASE_MS);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(limit);
  endGroup();
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal}. Its output:\n${output}`);
}
