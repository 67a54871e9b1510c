import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../../support/run-to-end.ts';
import { PNPM, YARN, type NodeVersion } from './versions.ts';

/** Kept between runs, because the versions in it are exact. */
const TOOLS = join(import.meta.dirname, '../../../.local/packages/tools');

/** Returns the path of a Node.js binary. npm has a package of it for each platform. */
export function nodeOf(version: NodeVersion): string {
  const name = `node-${process.platform}-${process.arch}`;
  return join(tool(`node-${version}`, { [name]: version }), name, 'bin/node');
}

export const pnpm = (): string => join(tool(`pnpm-${PNPM}`, { pnpm: PNPM }), 'pnpm/bin/pnpm.mjs');

export const yarn = (): string =>
  join(tool(`yarn-${YARN}`, { '@yarnpkg/cli-dist': YARN }), '@yarnpkg/cli-dist/bin/yarn.js');

export const tsc = (version: string): string =>
  join(tool(`typescript-${version}`, { typescript: version }), 'typescript/bin/tsc');

/** Installs packages together, unless they are installed already. Returns the path of their `node_modules`. */
export function tool(key: string, dependencies: Record<string, string>): string {
  const folder = join(TOOLS, key);
  const modules = join(folder, 'node_modules');
  if (existsSync(join(folder, 'package-lock.json'))) return modules;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // Forces combinations that peer dependencies exclude, because the tests need them.
  npm(folder, 'install', '--force');
  return modules;
}

export function npm(cwd: string, ...args: string[]): string {
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--ignore-scripts'];
  return run(cwd, 'npm', [...args, ...quiet]);
}

/** Runs a program with additional variables, and returns its stdout. Throws if it fails. */
export const run = (cwd: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}): string =>
  runToEnd([command, ...args], { cwd, env: { ...process.env, ...env } });
