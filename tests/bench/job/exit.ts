import { DEAD_COLLECTORS } from './dead-collector.ts';
import { runNode, SOURCES } from './run-node.ts';
import type { Ratios } from './table.ts';

const ROUNDS = 5;
const BAR = 0.2;

/** Both jobs print the time at which their work is done. */
const WORK = `trace.getTracer('bench').startSpan('work').end(); process.stdout.write(String(Date.now()));`;
const OUR_JOB = `import { trace } from '@opentelemetry/api'; ${WORK}`;
const UPSTREAM_JOB = `
  import { trace } from '@opentelemetry/api';
  import { NodeSDK } from '@opentelemetry/sdk-node';
  const sdk = new NodeSDK();
  sdk.start();
  ${WORK}
  await sdk.shutdown();
`;

/**
 * Compares the time from the end of the work to the exit of the process, when the collector is unavailable.
 *
 * @throws {Error} if our job's exit code is not 0
 */
export async function exitRatios(): Promise<Ratios[]> {
  const ratios: Ratios[] = [];
  for (const [name, collector] of Object.entries(DEAD_COLLECTORS)) {
    const { url, close } = await collector();
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await exit([...SOURCES, '--eval', OUR_JOB], url);
      const upstream = await exit(['--eval', UPSTREAM_JOB], url);
      if (ours.code !== 0)
        throw new Error(`The job ended with ${ours.code}. Expected 0, also if the collector ${name}.`);
      rounds.push(ours.exitMs / upstream.exitMs);
    }
    await close();
    ratios.push({
      what: `exit if the collector ${name}: our job / the job with upstream's \`NodeSDK\``,
      rounds,
      bar: BAR,
    });
  }
  return ratios;
}

async function exit(args: string[], endpoint: string) {
  const { stdout, code } = await runNode(['--input-type=module', ...args], {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  });
  return { code, exitMs: Date.now() - Number(stdout) };
}
