import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { pack } from './pack.ts';
import { PACKAGE_NAMES } from './recipes.ts';

const usage = `npm run pack -- [NAME ...]

Builds the packages that others install, or these of them, as tarballs in dist/: ${PACKAGE_NAMES.join(', ')}.`;

const { positionals: asked } = readCommandLine({ usage, names: PACKAGE_NAMES });
const folder = join(import.meta.dirname, '../../dist');
for (const name of PACKAGE_NAMES.filter((known) => asked.length === 0 || asked.includes(known))) {
  const { path } = await pack(name, folder);
  console.log(path);
}
