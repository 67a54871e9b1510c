import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { build, hasPython, succeeds } from '../../support/build.ts';

const VENV = join(ROOT, '.local/python-job');
const REQUIREMENTS = join(ROOT, 'examples/python-job/requirements.txt');
const GO_JOB = join(ROOT, '.local/go-job');

/** A job in a language other than TypeScript. */
interface LanguageJob {
  job: string;
  /** The command that runs the job after the build. */
  command: string[];
  isThere: () => boolean;
  /** Returns the programs that the build needs and that are missing. Returns undefined if none is missing. */
  missing: () => string | undefined;
  /** Installs or builds the job as docs/how-to/join-from-a-python-or-go-job.md says. Throws if that fails. */
  build: () => void;
}

const JOBS: LanguageJob[] = [
  {
    job: 'python-job',
    command: [join(VENV, 'bin/python'), join(ROOT, 'examples/python-job/job.py')],
    isThere: () => existsSync(join(VENV, 'bin/python')),
    missing: () =>
      hasPython() ? undefined : 'python3, 3.10 or later, with venv and pip (Debian: python3-venv)',
    build: () => {
      const installed = join(VENV, 'installed.txt');
      const wanted = readFileSync(REQUIREMENTS, 'utf8');
      if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
      build('python3', '-m', 'venv', '--clear', VENV);
      build(join(VENV, 'bin/pip'), 'install', '--quiet', '--require-hashes', '--requirement', REQUIREMENTS);
      writeFileSync(installed, wanted);
    },
  },
  {
    job: 'go-job',
    command: [GO_JOB],
    isThere: () => existsSync(GO_JOB),
    missing: () => (succeeds('go', 'version') ? undefined : 'go, 1.26 or later'),
    build: () => build('go', 'build', '-C', join(ROOT, 'examples/go-job'), '-o', GO_JOB, '.'),
  },
];

/** Returns the jobs that are already built. */
export const providedJobs = () => JOBS.filter(({ isThere }) => isThere());

/** Builds the jobs that can be built here. Returns a line for each of the others, with what it needs. */
export function buildJobs(): string[] {
  return JOBS.flatMap(({ job, missing, ...own }) => {
    const needs = missing();
    if (needs) return [`${job} is left out: it needs ${needs}, and the package registry of its language.`];
    own.build();
    return [];
  });
}
