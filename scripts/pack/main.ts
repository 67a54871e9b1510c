import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { PLUG_IN } from './krew-manifest.ts';
import { pack } from './pack.ts';
import { packPlugIn } from './plug-in.ts';
import { PACKAGE_NAMES } from './recipes.ts';

const NAMES = [...PACKAGE_NAMES, PLUG_IN];
const usage = `npm run pack -- [NAME ...]

Builds the packages that others install, and writes them to dist/.

  NAME   builds only this package: ${NAMES.join(', ')}

A package for npm becomes a tarball. For kubectl-beyond, a plug-in of kubectl, the command writes three files: the program, an archive
of it, and a manifest for krew, which installs plug-ins of kubectl.`;

const { positionals } = readCommandLine({ usage, names: NAMES });
const isAsked = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const folder = join(import.meta.dirname, '../../dist');
for (const name of PACKAGE_NAMES.filter(isAsked)) console.log((await pack(name, folder)).path);
if (isAsked(PLUG_IN)) for (const path of Object.values(await packPlugIn(folder))) console.log(path);
