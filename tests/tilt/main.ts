import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { runTests } from '../support/run-tests.ts';
import { whyNoInterpreter } from './support/interpreter.ts';
import { whyNoTilt } from './support/tilt.ts';

const PARTS: Record<string, () => Promise<string | undefined>> = {
  tiltfile: whyNoInterpreter,
  cluster: whyNoTilt,
};

const USAGE = `npm run test:tilt -- [part ...]

Tests the demo with Tilt, in two parts:

  tiltfile   evaluates the Tiltfile with an interpreter for Starlark, the language of Tiltfiles
  cluster    runs Tilt on the cluster of kubectl's current context

  part       runs only this part`;

const { positionals: asked } = readCommandLine({ usage: USAGE, names: Object.keys(PARTS) });

for (const [name, whyNot] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const reason = await whyNot();
  if (reason) console.log(`skipped: test:tilt -- ${name} ${reason}`);
  else {
    const files = globSync(`${import.meta.dirname}/${name}/*.test.ts`);
    if (runTests(files, { timeoutMs: 1_800_000 }) !== 0) process.exitCode = 1;
  }
}
