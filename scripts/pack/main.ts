import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { PLUG_IN } from './krew-manifest.ts';
import { pack } from './pack.ts';
import { packPlugIn } from './plug-in.ts';
import { PACKAGE_NAMES } from './recipes.ts';

const NAMES = [...PACKAGE_NAMES, PLUG_IN];
const usage = `npm run pack -- [NAME ...]

Builds what others install, all or some of it, in dist/: ${NAMES.join(', ')}.
Packages are tarballs. The kubectl plug-in is a program in one file, an archive of it, and krew's manifest.`;

const { positionals } = readCommandLine({ usage, names: NAMES });
const isAsked = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const folder = join(import.meta.dirname, '../../dist');
for (const name of PACKAGE_NAMES.filter(isAsked)) console.log((await pack(name, folder)).path);
if (isAsked(PLUG_IN)) for (const path of Object.values(await packPlugIn(folder))) console.log(path);
