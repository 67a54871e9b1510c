import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

const VENV = join(ROOT, '.local/python-job');
const REQUIREMENTS = join(ROOT, 'examples/python-job/requirements.txt');
const GO_JOB = join(ROOT, '.local/go-job');

/** A job in another language than ours. */
interface LanguageJob {
  job: string;
  /** What it is run with, once it is there. */
  command: string[];
  isThere: () => boolean;
  /** What has to be on the machine to build it; undefined when it is. */
  missing: () => string | undefined;
  /** Installs or builds what docs/how-to/join-from-a-python-or-go-job.md says. Throws when that fails. */
  build: () => void;
}

const JOBS: LanguageJob[] = [
  {
    job: 'python-job',
    command: [join(VENV, 'bin/python'), join(ROOT, 'examples/python-job/job.py')],
    isThere: () => existsSync(join(VENV, 'bin/python')),
    missing: () =>
      succeeds('python3', '-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))')
        ? undefined
        : 'python3, 3.10 or later, with venv and pip (Debian: python3-venv)',
    build: () => {
      const installed = join(VENV, 'installed.txt');
      const wanted = readFileSync(REQUIREMENTS, 'utf8');
      if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
      run('python3', '-m', 'venv', '--clear', VENV);
      run(join(VENV, 'bin/pip'), 'install', '--quiet', '--require-hashes', '--requirement', REQUIREMENTS);
      writeFileSync(installed, wanted);
    },
  },
  {
    job: 'go-job',
    command: [GO_JOB],
    isThere: () => existsSync(GO_JOB),
    missing: () => (succeeds('go', 'version') ? undefined : 'go, 1.26 or later'),
    build: () => run('go', 'build', '-C', join(ROOT, 'examples/go-job'), '-o', GO_JOB, '.'),
  },
];

/** Those that were built before. */
export const providedJobs = () => JOBS.filter(({ isThere }) => isThere());

/** Builds what can be built here; gives what is missing for the others, a line each. */
export function buildJobs(): string[] {
  return JOBS.flatMap(({ job, missing, build }) => {
    const needs = missing();
    if (needs) return [`${job} is left out: it needs ${needs}, and the package registry of its language.`];
    build();
    return [];
  });
}

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function run(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    const line = [command, ...args].join(' ');
    throw new Error(`Failed to build: \`${line}\` ended with ${status ?? error?.message}.`);
  }
}
