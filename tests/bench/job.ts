import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEAD_COLLECTORS } from './job/dead-collector.ts';
import { median, spread } from './statistics.ts';

const START_ROUNDS = 9;
const EXIT_ROUNDS = 5;
const ENTRY = fileURLToPath(new URL('./job/entry.ts', import.meta.url));
const OURS = ['--import', '@beyond-headers/telemetry/register'];
const UPSTREAM = ['--import', '@opentelemetry/auto-instrumentations-node/register'];
const JOB = {
  K8S_JOB_NAME: 'bench',
  OTEL_SERVICE_NAME: 'bench',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
};

/** How much later a traced job starts, and how much later it ends when the collector is away. Fails above a bar. */
export async function run(): Promise<void> {
  const cache = await mkdtemp(join(tmpdir(), 'beyond-headers-bench-'));
  try {
    console.log(
      'Start of the report-job, from process start to its first line (compile cache filled, as in the image):',
    );
    const withinBars = [await benchStart({ NODE_COMPILE_CACHE: cache })];
    console.log('\nThe same without a compile cache (no bar):');
    await benchStart({ NODE_DISABLE_COMPILE_CACHE: '1' }, false);
    console.log('\nExit of a job with one span, from the end of its work to the end of the process:');
    withinBars.push(await benchExit());
    if (withinBars.includes(false)) process.exitCode = 1;
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

interface Start {
  startMs: number;
  rssMiB: number;
}

async function benchStart(own: NodeJS.ProcessEnv, hasBars = true): Promise<boolean> {
  const variants = { bare: [], ours: OURS, upstream: UPSTREAM };
  const rounds: Array<Record<keyof typeof variants, Start>> = [];
  // The first round fills the caches and is not counted.
  for (let round = 0; round <= START_ROUNDS; round++) {
    const starts = {
      bare: await start(variants.bare, own),
      ours: await start(variants.ours, own),
      upstream: await start(variants.upstream, own),
    };
    if (round > 0) rounds.push(starts);
  }
  const bar = (value: number) => (hasBars ? value : undefined);
  return [
    report(
      'start, ours / without OpenTelemetry',
      rounds.map(({ ours, bare }) => ours.startMs / bare.startMs),
      bar(1.6),
    ),
    report(
      'start, ours / auto-instrumentations',
      rounds.map(({ ours, upstream }) => ours.startMs / upstream.startMs),
      bar(0.6),
    ),
    report(
      'RSS, ours / without OpenTelemetry',
      rounds.map(({ ours, bare }) => ours.rssMiB / bare.rssMiB),
      bar(1.15),
    ),
  ].every(Boolean);
}

async function start(preload: string[], own: NodeJS.ProcessEnv): Promise<Start> {
  const { stdout } = await runNode([...preload, ENTRY], { ...JOB, ...own });
  return JSON.parse(stdout) as Start;
}

async function benchExit(): Promise<boolean> {
  const results: boolean[] = [];
  for (const [name, collector] of Object.entries(DEAD_COLLECTORS)) {
    const { url, close } = await collector();
    const ratios: number[] = [];
    const codes = { ours: new Set<number | null>(), upstream: new Set<number | null>() };
    for (let round = 0; round < EXIT_ROUNDS; round++) {
      const ours = await exit([...OURS, '--eval', OUR_JOB], url);
      const upstream = await exit(['--eval', UPSTREAM_JOB], url);
      ratios.push(ours.exitMs / upstream.exitMs);
      codes.ours.add(ours.code);
      codes.upstream.add(upstream.code);
    }
    await close();
    results.push(report(`exit, collector ${name}, ours / upstream's shutdown`, ratios, 0.2));
    console.log(
      `  exit codes: ours ${[...codes.ours].join(', ')}; upstream ${[...codes.upstream].join(', ')}`,
    );
    results.push([...codes.ours].join() === '0');
  }
  return results.every(Boolean);
}

/** Both print the time at which the work is done. */
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

async function exit(args: string[], endpoint: string) {
  const env = { ...JOB, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  const { stdout, code } = await runNode(['--input-type=module', ...args], env);
  return { code, exitMs: Date.now() - Number(stdout) };
}

async function runNode(
  args: string[],
  own: NodeJS.ProcessEnv,
): Promise<{ stdout: string; code: number | null }> {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../../packages/telemetry/', import.meta.url)),
    env: { PATH: process.env['PATH'], ...own },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { stdout, code };
}

function report(what: string, ratios: number[], bar?: number): boolean {
  const value = median(ratios);
  const verdict = bar === undefined ? '' : value <= bar ? `  ✔ ≤ ${bar}` : `  ✖ > ${bar}`;
  console.log(`  ${what}: ${value.toFixed(2)} (${spread(ratios)}, ${ratios.length} rounds)${verdict}`);
  return bar === undefined || value <= bar;
}
