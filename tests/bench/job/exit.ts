import { DEAD_COLLECTORS } from '../../support/collector.ts';
import { alternate, type Ratio } from '../ratio.ts';
import { runNode, SOURCES } from './run-node.ts';

const ROUNDS = 5;

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
export async function exitRatios(): Promise<Ratio[]> {
  const ratios: Ratio[] = [];
  for (const [name, collector] of Object.entries(DEAD_COLLECTORS)) {
    const { url, close } = await collector();
    const ours = async () => {
      const { status, exitMs } = await exit([...SOURCES, '--eval', OUR_JOB], url);
      if (status !== 0)
        throw new Error(`The job ended with ${status}. Expected 0, also if the collector ${name}.`);
      return exitMs;
    };
    const upstream = async () => (await exit(['--eval', UPSTREAM_JOB], url)).exitMs;
    ratios.push({
      what: `exit if the collector ${name}: our job / the job with upstream's \`NodeSDK\``,
      rounds: await alternate(ROUNDS, ours, upstream),
      bar: { atMost: 0.2 },
    });
    await close();
  }
  return ratios;
}

async function exit(args: string[], endpoint: string) {
  const { stdout, status } = await runNode(['--input-type=module', ...args], {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  });
  return { status, exitMs: Date.now() - Number(stdout) };
}
