import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, type End } from '../../support/run.ts';

const SCRIPTS = join(import.meta.dirname, '../../../scripts');

export interface SmallProject {
  folder: string;
  /** Runs the setup in a shell with these variables, after removing everything that is installed. */
  setUp(env: Record<string, string>): Promise<End>;
  /** Runs the setup with what is installed. */
  setUpAgain(): Promise<End>;
  remove(): void;
}

/** The packages that setup.mjs installs without a network: Node.js with an install script, a tool, an optional package, and a workspace. */
const PACKAGES = {
  node: {
    version: process.version.slice(1),
    bin: { node: 'bin/node' },
    scripts: { preinstall: 'node install.mjs' },
  },
  'a-tool': { version: '1.0.0', bin: { 'a-tool': 'tool.js' }, engines: { node: '>=99' } },
  'an-option': { version: '1.0.0' },
};

/** Links the running Node.js to the path at which the package `node` stores its download. */
const INSTALL = `import { mkdirSync, symlinkSync } from 'node:fs';
mkdirSync('bin');
symlinkSync(${JSON.stringify(process.execPath)}, 'bin/node');
`;

/** Prints what is missing. The setup runs this at the end. */
const CHECK = `import { existsSync } from 'node:fs';
const needed = ['.bin/a-tool', 'an-option', 'a-workspace', 'node/bin/node'];
const missing = needed.filter((path) => !existsSync(new URL('node_modules/' + path, import.meta.url)));
console.log(process.version, missing.length === 0 ? 'complete' : 'missing: ' + missing.join(', '));
`;

/** Creates a project like this one that installs within a second. `extra` are packages from a registry. */
export function smallProject(extra: Record<string, string> = {}): SmallProject {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  mkdirSync(join(folder, 'workspaces/a-workspace'), { recursive: true });
  cpSync(join(SCRIPTS, 'setup.mjs'), join(folder, 'scripts/setup.mjs'));
  cpSync(join(SCRIPTS, 'setup'), join(folder, 'scripts/setup'), { recursive: true });
  for (const name of ['own-environment.mjs', 'shell-variables.mjs']) {
    const path = join('local/process/src', name);
    cpSync(join(SCRIPTS, '..', path), join(folder, path));
  }
  writeFileSync(join(folder, 'check.mjs'), CHECK);
  writeJson(join(folder, 'workspaces/a-workspace/package.json'), { name: 'a-workspace', version: '1.0.0' });
  const of = (name: keyof typeof PACKAGES) => ({ [name]: `file:${pack(folder, name)}` });
  writeJson(join(folder, 'package.json'), {
    name: 'small',
    private: true,
    workspaces: ['workspaces/*'],
    devDependencies: { ...of('node'), ...of('a-tool') },
    optionalDependencies: of('an-option'),
    allowScripts: { node: true },
  });
  execFileSync('npm', ['install', '--package-lock-only', '--offline', '--no-audit'], { cwd: folder });
  if (Object.keys(extra).length > 0) addFromRegistry(folder, extra);
  return {
    folder,
    setUp: (env) => {
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
      return setUp(folder, env);
    },
    setUpAgain: () => setUp(folder, {}),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function pack(folder: string, name: keyof typeof PACKAGES): string {
  const source = join(folder, 'packed', name, 'package');
  mkdirSync(source, { recursive: true });
  writeJson(join(source, 'package.json'), { name, ...PACKAGES[name] });
  writeFileSync(join(source, 'install.mjs'), INSTALL);
  writeFileSync(join(source, 'tool.js'), '#!/usr/bin/env node\n');
  const tarball = join(folder, 'packed', `${name}.tgz`);
  execFileSync('tar', ['-czf', tarball, '-C', join(folder, 'packed', name), 'package']);
  return `packed/${name}.tgz`;
}

/** Adds packages to package.json and the lockfile. As in this project's lockfile, their entries have no address. */
function addFromRegistry(folder: string, extra: Record<string, string>): void {
  for (const file of ['package.json', 'package-lock.json']) {
    const path = join(folder, file);
    const content = JSON.parse(readFileSync(path, 'utf8')) as {
      devDependencies?: object;
      packages?: Record<string, { devDependencies?: object }>;
    };
    const root = content.packages?.[''] ?? content;
    root.devDependencies = { ...root.devDependencies, ...extra };
    for (const [name, version] of Object.entries(extra)) {
      if (content.packages)
        Object.assign(content.packages, { [`node_modules/${name}`]: { version, dev: true } });
    }
    writeJson(path, content);
  }
}

const setUp = (folder: string, env: Record<string, string>): Promise<End> =>
  endOf(['node', 'scripts/setup.mjs', 'check.mjs'], { cwd: folder, env: { ...process.env, ...env } });

function writeJson(path: string, content: object): void {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}
