import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { whyNoInterpreter } from './support/interpreter.ts';
import { whyNoTilt } from './support/tilt.ts';

/**
 * `npm run test:tilt`: the Tiltfile, evaluated by a Starlark interpreter, and then by Tilt on the current context for real.
 * `-- tiltfile` or `-- cluster` runs one of the two.
 */
const PARTS: Record<string, () => Promise<string | undefined>> = {
  tiltfile: whyNoInterpreter,
  cluster: whyNoTilt,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')} of test:tilt. Expected some of: ${Object.keys(PARTS).join(', ')}.`,
  );
  process.exit(2);
}

for (const [name, whyNot] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const reason = await whyNot();
  if (reason) console.log(`skipped: test:tilt -- ${name} ${reason}`);
  else if (!passes(name)) process.exitCode = 1;
}

function passes(name: string): boolean {
  const files = globSync(`${import.meta.dirname}/${name}/*.test.ts`);
  // One file after the other: on the cluster they share it.
  const args = ['--test', '--test-concurrency=1', '--test-timeout=1800000', ...files];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}
