import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { difference } from './difference.ts';

const USAGE = `npm run reference -- [--check]

Writes the files that are generated from the code, such as pages in docs/reference and manifests in k8s.

  --check   writes nothing; prints the differences, with exit code 1 if a file is out of date`;

const { values } = readCommandLine({ usage: USAGE, options: { check: { type: 'boolean' } } });
// Imported after the check of the arguments, because the import takes a second.
const { PAGES } = await import('./pages.ts');
await (values.check ? check() : write());

async function write(): Promise<void> {
  for (const { path, render } of PAGES) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), await render());
    console.log(path);
  }
}

async function check(): Promise<void> {
  for (const { path, render } of PAGES) {
    const found = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    const stale = difference(found, await render());
    console.log(
      stale
        ? `${path} is out of date (- in the file, + from the code):\n${stale}\n`
        : `${path} is up to date`,
    );
    if (stale) process.exitCode = 1;
  }
  if (process.exitCode === 1) console.log('Run `npm run reference` and review what it changed.');
}
