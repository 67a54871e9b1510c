import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, pnpm, run, yarn } from './tools.ts';

export interface Manager {
  name: string;
  /** Installs the dependencies in package.json. */
  install(project: string): void;
  /** Returns the command that runs a program of the project with a Node.js binary. */
  run(node: string): string[];
}

const byNodeModules = (node: string): string[] => [node];
const node = process.execPath;

export const MANAGERS: readonly Manager[] = [
  { name: 'npm', install: (project) => void npm(project, 'install'), run: byNodeModules },
  {
    name: 'pnpm',
    install: (project) => void run(project, node, [pnpm(), 'install', '--ignore-scripts']),
    run: byNodeModules,
  },
  { name: 'yarn', install: (project) => installByYarn(project, 'node-modules'), run: byNodeModules },
  {
    name: 'yarn with Plug’n’Play',
    install: (project) => installByYarn(project, 'pnp'),
    run: (program) => [program, yarn(), 'node'],
  },
];

function installByYarn(project: string, linker: 'node-modules' | 'pnp'): void {
  // Yarn doesn't read npm's settings.
  const registry = npm(project, 'config', 'get', 'registry').trim();
  const settings = {
    nodeLinker: linker,
    npmRegistryServer: registry,
    enableScripts: false,
    enableTelemetry: false,
  };
  // Valid YAML, because each JSON document is also YAML.
  writeFileSync(join(project, '.yarnrc.yml'), JSON.stringify(settings));
  writeFileSync(join(project, 'yarn.lock'), '');
  run(project, node, [yarn(), 'install'], { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' });
}

/** Creates a project with these dependencies and files in a new folder outside of this repository. */
export function newProject(
  scope: Scope,
  { dependencies, files = {}, manager = npmAlone }: ProjectOptions,
): string {
  const project = mkdtempSync(join(tmpdir(), 'packages-'));
  scope.after(() => rmSync(project, { recursive: true, force: true }));
  const manifest = { name: 'project', private: true, type: 'module', dependencies };
  const own = Object.fromEntries(
    Object.entries(dependencies).filter(([, version]) => version.startsWith('file:')),
  );
  // The tarballs depend on each other, and may not be published yet. So overrides resolve these dependencies to the tarballs.
  const settled = { ...manifest, overrides: mapToOwn(own), resolutions: own };
  writeFileSync(join(project, 'package.json'), JSON.stringify(settled, null, 2));
  writeFileSync(join(project, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: own }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(project, name), content);
  manager.install(project);
  return project;
}

/** A test or a whole file. At its end, the folder is deleted. */
export interface Scope {
  after(remove: () => void): void;
}

interface ProjectOptions {
  dependencies: Record<string, string>;
  files?: Record<string, string>;
  manager?: Pick<Manager, 'install'>;
}

const npmAlone = { install: (project: string) => void npm(project, 'install') };

/** In npm's overrides, `$name` refers to the version in `dependencies`. */
const mapToOwn = (own: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.keys(own).map((name) => [name, `$${name}`]));
