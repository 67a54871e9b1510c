import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';

/** `npm run test:browser`: the playground in a real Chromium, on a local system of its own. */
const TEST_TIMEOUT_MS = 180_000;

if (!findChromium()) {
  console.error(NO_CHROMIUM);
  process.exit(2);
}
const files = globSync(join(import.meta.dirname, '*.test.ts'));
const args = [
  '--test',
  '--test-concurrency=1',
  `--test-timeout=${TEST_TIMEOUT_MS}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, [...args, ...files], { stdio: 'inherit' });
process.exitCode = status ?? 1;
