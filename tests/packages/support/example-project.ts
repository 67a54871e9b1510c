import { cpSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newProject, type Scope } from './project.ts';
import { tarballs } from './tarballs.ts';
import { run, tsc } from './tools.ts';
import type { PackageName } from '../../../scripts/pack/recipes.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');

interface Example {
  name: string;
  /** Programs, as paths or patterns in the example's folder. */
  sources: string[];
  packages: PackageName[];
  /** Dependencies that override or extend those of the example. */
  dependencies?: Record<string, string>;
  files?: Record<string, string>;
}

/** Creates the project of a reader who has followed a how-to: the compiled program and the tarballs, in a new folder. */
export function exampleProject(scope: Scope, example: Example): string {
  const project = newProject(scope, {
    dependencies: { ...asked(example.name), ...tarballs(...example.packages), ...example.dependencies },
    ...(example.files && { files: example.files }),
  });
  for (const source of globSync(example.sources, { cwd: join(EXAMPLES, example.name) }))
    cpSync(join(EXAMPLES, example.name, source), join(project, source.split('/').at(-1) ?? ''));
  // Compiles the sources, because Node.js runs TypeScript directly only from 22.18.
  const options = ['--module', 'nodenext', '--target', 'es2022', '--rewriteRelativeImportExtensions'];
  const types = ['--strict', '--skipLibCheck', '--types', 'node'];
  run(project, process.execPath, [tsc('7.0.2'), ...options, ...types, ...globSync('*.ts', { cwd: project })]);
  return project;
}

/** Returns the example's third-party dependencies, because this project's packages come as tarballs. */
function asked(example: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(EXAMPLES, example, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const others = Object.entries(manifest.dependencies).filter(
    ([name]) => !name.startsWith('@beyond-headers/'),
  );
  return { ...Object.fromEntries(others), '@types/node': '22.15.0', '@types/express': '5.0.6' };
}
