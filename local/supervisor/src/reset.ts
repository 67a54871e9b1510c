import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { forget } from './forget.ts';

const { values } = readCommandLine({
  usage: `npm run reset -- [--downloads] [--tutorial] [--all]

Deletes the orders and other state of all systems that npm start ran. The other files in the folder .local stay, unless you set an option:

  --downloads   also deletes the downloaded mongod, the compile cache, and the example jobs that were built
  --tutorial    also deletes the code that you wrote in steps 7 and 8 of the tutorial
  --all         deletes everything in .local`,
  options: { downloads: { type: 'boolean' }, tutorial: { type: 'boolean' }, all: { type: 'boolean' } },
});

try {
  await forget(join(ROOT, '.local'), values, console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
