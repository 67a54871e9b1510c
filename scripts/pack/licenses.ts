import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Returns the licenses of the packages that these modules belong to, each text once, for a program that bundles the modules. */
export function licensesOf(modules: readonly string[]): string {
  const folders = new Set(modules.filter((path) => path.includes('/node_modules/')).map(packageFolder));
  const byText = new Map<string, string[]>();
  for (const folder of [...folders].toSorted()) {
    const text = licenseIn(folder);
    byText.set(text, [...(byText.get(text) ?? []), nameIn(folder)]);
  }
  return [...byText]
    .map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** Finds the nearest package.json with a name. Packages can contain folders with a package.json that has none. */
function packageFolder(module: string): string {
  let folder = dirname(module);
  while (!existsSync(join(folder, 'package.json')) || !manifestIn(folder).name) folder = dirname(folder);
  return folder;
}

interface Manifest {
  name?: string;
  version?: string;
  license?: string;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

function nameIn(folder: string): string {
  const { name, version, license } = manifestIn(folder);
  return `${name} ${version} (${license})`;
}

function licenseIn(folder: string): string {
  const [file] = globSync('{LICENSE,LICENCE,license}*', { cwd: folder }).toSorted();
  if (!file)
    throw new Error(`${folder} has no license file. Expected one, as its code is copied into the plug-in.`);
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}
