import { readFileSync } from 'node:fs';
import { DeliveryError } from './delivery-error.ts';
import { createOtlpClient, type Accepted } from './otlp-client.ts';

/*
 * Posts OTLP JSON from stdin once, and writes the outcome to stdout, as the last line. export-at-exit.ts runs this file in a child
 * process.
 */

/** The collector's answer, or why it didn't accept the spans. */
export type Outcome = Accepted | { message: string; badData: boolean };

process.stdout.write(`\n${JSON.stringify(await post())}\n`);

async function post(): Promise<Outcome> {
  try {
    return await createOtlpClient({ holdsProcess: true }).post(readFileSync(0), Number(process.argv[2]));
  } catch (error) {
    const { message, badData } = DeliveryError.from(error);
    return { message, badData };
  }
}
