import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from './build-package.ts';
import type { PackageName } from './recipes.ts';

export interface Tarball {
  /** An absolute path. */
  path: string;
  /** Paths of the files, relative to the tarball's folder `package`. */
  files: string[];
}

/** Builds a package, and writes the tarball to publish to a folder. Any project can install it. */
export async function pack(name: PackageName, folder: string): Promise<Tarball> {
  const build = mkdtempSync(join(tmpdir(), `pack-${name}-`));
  try {
    await buildPackage(name, build);
    mkdirSync(folder, { recursive: true });
    const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
    const output = execFileSync('npm', ['pack', ...options], { cwd: build, encoding: 'utf8' });
    return tarballIn(folder, output);
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

function tarballIn(folder: string, output: string): Tarball {
  const answer = JSON.parse(output) as Packed[] | Record<string, Packed>;
  // npm 11 and earlier print a list, later versions an object by package name.
  const [packed] = Object.values(answer);
  if (!packed) throw new Error(`npm pack made nothing: ${output}`);
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

interface Packed {
  filename: string;
  files: { path: string }[];
}
