import { readFileSync } from 'node:fs';
import { messageOf } from '../log.ts';
import { createOtlpClient } from './otlp-client.ts';

/* A short process of its own, which export-at-exit.ts runs: posts OTLP JSON from its input once. */
try {
  await createOtlpClient({ holdsProcess: true }).post(readFileSync(0), Number(process.argv[2]));
} catch (error) {
  process.stderr.write(messageOf(error));
  process.exitCode = 1;
}
