import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, hasPython, succeeds } from '../support/build.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
const BUILT = join(import.meta.dirname, '../../.local/languages');
const CLASSES = join(BUILT, 'java/classes');
const JARS = join(BUILT, 'java/lib');
const VENV = join(BUILT, 'python');
const CONFORMANCE = join(import.meta.dirname, '../../upstream/conformance');

/** An OpenTelemetry implementation, and the program that runs the cases with it. */
export interface Language {
  name: string;
  version: string;
  /** The command that runs the program. */
  command: readonly string[];
  /** The programs and packages that the language needs. Absent if this project already has them. */
  needs?: string;
  isThere?: () => boolean;
  build?: () => void;
  /** The command that runs upstream/conformance/cases.json with the language's own test runner. */
  conformance?: readonly string[];
}

/** All columns of the table. The first one is this library. */
export const LANGUAGES: readonly Language[] = [
  { name: 'this library', version: '', command: [process.execPath, join(PROGRAMS, 'ours.ts')] },
  {
    name: 'JavaScript',
    version: '3.0.0',
    command: [process.execPath, join(PROGRAMS, 'upstream.ts')],
    conformance: [process.execPath, '--test', join(CONFORMANCE, 'typescript/conformance.test.ts')],
  },
  {
    name: 'Python',
    version: '1.45.2',
    command: [join(VENV, 'bin/python'), join(PROGRAMS, 'python/carrier.py')],
    needs: 'python3, 3.10 or later, with venv',
    isThere: hasPython,
    build: () => {
      if (!existsSync(join(VENV, 'bin/pip'))) build('python3', '-m', 'venv', VENV);
      build(
        join(VENV, 'bin/pip'),
        'install',
        '--quiet',
        '--requirement',
        join(PROGRAMS, 'python/requirements.txt'),
      );
    },
    conformance: [join(VENV, 'bin/python'), '-m', 'unittest', 'discover', '-s', join(CONFORMANCE, 'python')],
  },
  {
    name: 'Go',
    version: '1.47.0',
    command: [join(BUILT, 'go-carrier')],
    needs: 'go, 1.26 or later',
    isThere: () => succeeds('go', 'version'),
    build: () => build('go', 'build', '-C', join(PROGRAMS, 'go'), '-o', join(BUILT, 'go-carrier'), '.'),
    conformance: ['go', 'test', '-C', join(CONFORMANCE, 'go'), '-count=1', '-v', '-run', 'TestCases', '.'],
  },
  {
    name: 'Java',
    version: '1.68.0',
    command: ['java', '-Dstdout.encoding=UTF-8', '-cp', `${CLASSES}:${JARS}/*`, 'Carrier'],
    needs: 'a JDK, 17 or later, and Maven',
    isThere: () => succeeds('javac', '--version') && succeeds('mvn', '--version'),
    build: () => {
      build(
        'mvn',
        '-q',
        '-B',
        '-f',
        join(PROGRAMS, 'java'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${JARS}`,
      );
      build(
        'javac',
        '-Xlint:-deprecation',
        '-d',
        CLASSES,
        '-cp',
        `${JARS}/*`,
        ...globSync(join(PROGRAMS, 'java/src/**/*.java')),
      );
    },
  },
  {
    name: 'Rust',
    version: '0.33.0',
    command: [join(BUILT, 'rust/debug/rust-carrier')],
    needs: 'cargo, for edition 2024',
    isThere: () => succeeds('cargo', '--version'),
    build: () =>
      build(
        'cargo',
        'build',
        '--quiet',
        '--locked',
        '--manifest-path',
        join(PROGRAMS, 'rust/Cargo.toml'),
        '--target-dir',
        join(BUILT, 'rust'),
      ),
  },
];

/** Builds the languages that can be built here. Returns a line for each of the others, with what it needs. */
export function buildLanguages(): { built: Language[]; leftOut: string[] } {
  mkdirSync(BUILT, { recursive: true });
  const built = LANGUAGES.filter(({ isThere }) => isThere?.() ?? true);
  for (const language of built) language.build?.();
  const leftOut = LANGUAGES.filter((language) => !built.includes(language));
  return { built, leftOut: leftOut.map(({ name, needs }) => `${name} is left out: it needs ${needs}.`) };
}

/** Runs the conformance cases in each language with a runner. Throws at the first outcome that isn't listed. */
export function runConformance(languages: readonly Language[]): void {
  for (const { name, conformance: [command = '', ...args] = [] } of languages) {
    if (command === '') continue;
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    const [summary] = /^\S+ \S+: .* as noted\.$/m.exec(stdout) ?? [];
    if (status !== 0 || summary === undefined)
      throw new Error(
        `The conformance cases in ${name} ended with ${status}. Expected 0 and a summary.\n${stdout}${stderr}`,
      );
    console.log(summary);
  }
}

/** Runs a language's program, and returns its JSON output. */
export async function ask<T>(
  { name, command: [program = '', ...args] }: Language,
  question: { input: unknown } | { environment: Record<string, string> },
): Promise<T> {
  const inEnvironment = 'environment' in question;
  const child = spawn(program, [...args, ...(inEnvironment ? ['environment'] : [])], {
    env: inEnvironment ? { PATH: process.env.PATH, LANG: 'C.UTF-8', ...question.environment } : process.env,
    // Discards warnings, because the table shows the same problems.
    stdio: [inEnvironment ? 'ignore' : 'pipe', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  if (!inEnvironment) child.stdin?.end(JSON.stringify(question.input));
  const answer = child.stdout ? await text(child.stdout) : '';
  const [code] = (await closed) as [number | null];
  if (code !== 0)
    throw new Error(
      `The program in ${name} ended with ${code} and answered ${JSON.stringify(answer)}. Expected 0 and JSON.`,
    );
  return JSON.parse(answer) as T;
}
