import { readFileSync } from 'node:fs';
import { messageOf } from '../log.ts';
import { createOtlpClient } from './otlp-client.ts';

/* Posts OTLP JSON from stdin once. export-at-exit.ts runs this file in a child process. */
try {
  await createOtlpClient({ holdsProcess: true }).post(readFileSync(0), Number(process.argv[2]));
} catch (error) {
  process.stderr.write(messageOf(error));
  process.exitCode = 1;
}
