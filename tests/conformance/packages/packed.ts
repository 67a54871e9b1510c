import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { pack, type Tarball } from '../../../scripts/pack/pack.ts';
import type { PackageName } from '../../../scripts/pack/recipes.ts';

/** A package as it is published, and projects that install it. */
export interface PackedPackage {
  tarball: Tarball;
  /**
   * Creates a project that has the package and these dependencies installed. The dependencies are copies of our own, so no network is
   * needed.
   */
  newProject(type: 'module' | 'commonjs', ...dependencies: string[]): string;
  remove(): void;
}

export async function packPackage(name: PackageName): Promise<PackedPackage> {
  const directory = mkdtempSync(join(tmpdir(), `package-${name}-`));
  const tarball = await pack(name, directory);
  return {
    tarball,
    newProject(type, ...dependencies) {
      const project = join(directory, type);
      mkdirSync(project);
      writeFileSync(
        join(project, 'package.json'),
        JSON.stringify({ name: 'project', version: '1.0.0', type }),
      );
      const paths = dependencies.map((dependency) => join(ROOT, 'node_modules', dependency));
      const options = ['--offline', '--install-links', '--no-audit', '--no-fund'];
      npm(project, 'install', ...options, tarball.path, ...paths);
      return project;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', ['--loglevel=error', ...args], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

/** Type-checks a program in a project, as its author would. Throws an error with the compiler's output. */
export function compileIn(project: string, program: string): void {
  writeFileSync(join(project, 'main.ts'), program);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2022', '--types', ''];
  execFileSync(process.execPath, [tsc, ...options, 'main.ts'], { cwd: project, encoding: 'utf8' });
}

/** Returns the Node.js that runs this program, and every other version on PATH from 20 on, by version. */
export function nodesOnPath(): Map<string, string> {
  const found = new Map([[process.version, process.execPath]]);
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const version = versionOf(join(folder, 'node'));
    if (version && Number.parseInt(version.slice(1)) >= 20 && !found.has(version))
      found.set(version, join(folder, 'node'));
  }
  return found;
}

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
