import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { whyNoCompose } from './support/docker.ts';

/**
 * `npm run test:compose`: the demo in containers, with both clusters, in projects of their own. `-- light` runs the files of that
 * name alone; `-- --numbers` writes what was measured into docs/reference/numbers.md.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { numbers: { type: 'boolean', default: false } },
});

const missing = await whyNoCompose();
if (missing) {
  console.log(
    `skipped: test:compose needs a Docker engine with Compose and 3.5 GiB of memory. ${missing} npm run doctor says more.`,
  );
} else {
  const names = positionals.length > 0 ? positionals : ['*'];
  const files = globSync(names.map((name) => `${import.meta.dirname}/${name}.test.ts`));
  // One file after the other: they measure, and two demos at once are too much for two processors.
  const args = ['--test', '--test-concurrency=1', '--test-timeout=900000', ...files];
  const env = { ...process.env, ...(values.numbers && { WRITE_NUMBERS: 'on' }) };
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
}
