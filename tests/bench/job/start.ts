import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '@beyond-headers/local-process/root';
import { bundleJob } from '../../support/job-bundle.ts';
import type { Ratio } from '../ratio.ts';
import { runNode, SOURCES } from './run-node.ts';

const ROUNDS = 9;
const ENTRY = fileURLToPath(new URL('./entry.ts', import.meta.url));
const UPSTREAM = ['--import', '@opentelemetry/auto-instrumentations-node/register'];

interface Start {
  startMs: number;
  rssMiB: number;
}
type Variant = 'bare' | 'sources' | 'image' | 'bareImage' | 'upstream';
type Starts = Record<Variant, Start>;

/** Compares the time from the start of the process to the first line of its work, and the memory at that point. */
export async function startRatios(): Promise<Ratio[]> {
  const main = ['--main', relative(ROOT, ENTRY)];
  const [image, bareImage] = await Promise.all([bundleJob(...main), bundleJob(...main, '--bare')]);
  const cache = await mkdtemp(join(tmpdir(), 'beyond-headers-bench-'));
  const variants: Record<Variant, string[]> = {
    bare: [ENTRY],
    sources: [...SOURCES, ENTRY],
    image: ['--import', image.preload, image.main],
    bareImage: [bareImage.main],
    upstream: [...UPSTREAM, ENTRY],
  };
  try {
    return [
      ...withCache(await measure(variants, { NODE_COMPILE_CACHE: cache })),
      ...withoutCache(await measure(variants, { NODE_DISABLE_COMPILE_CACHE: '1' })),
    ];
  } finally {
    await Promise.all([image.remove(), bareImage.remove(), rm(cache, { recursive: true })]);
  }
}

const withCache = (rounds: Starts[]): Ratio[] => [
  ratio(rounds, 'startMs', 'image', 'bare', 1.1),
  ratio(rounds, 'startMs', 'image', 'upstream', 0.4),
  ratio(rounds, 'startMs', 'image', 'bareImage'),
  ratio(rounds, 'rssMiB', 'image', 'bare', 1.05),
  ratio(rounds, 'rssMiB', 'image', 'bareImage', 1.05),
  ratio(rounds, 'startMs', 'sources', 'bare', 1.6),
  ratio(rounds, 'startMs', 'sources', 'upstream', 0.6),
  ratio(rounds, 'rssMiB', 'sources', 'bare', 1.15),
];

const withoutCache = (rounds: Starts[]): Ratio[] =>
  [
    ratio(rounds, 'startMs', 'image', 'bare', 1.25),
    ratio(rounds, 'startMs', 'image', 'bareImage'),
    ratio(rounds, 'startMs', 'sources', 'bare'),
    ratio(rounds, 'startMs', 'sources', 'upstream'),
    ratio(rounds, 'rssMiB', 'sources', 'bare'),
  ].map((each) => ({ ...each, what: `without a compile cache, ${each.what}` }));

const COSTS: Record<keyof Start, string> = { startMs: 'start', rssMiB: 'memory' };
const NAMES: Record<Variant, string> = {
  bare: 'the sources without OpenTelemetry',
  sources: 'the sources',
  image: 'the bundle',
  bareImage: 'the bundle without OpenTelemetry',
  upstream: 'the sources with `auto-instrumentations-node/register`',
};

function ratio(rounds: Starts[], cost: keyof Start, ours: Variant, theirs: Variant, bar?: number): Ratio {
  return {
    what: `${COSTS[cost]}: ${NAMES[ours]} / ${NAMES[theirs]}`,
    rounds: rounds.map((starts) => starts[ours][cost] / starts[theirs][cost]),
    ...(bar !== undefined && { bar: { atMost: bar } }),
  };
}

async function measure(variants: Record<Variant, string[]>, env: NodeJS.ProcessEnv): Promise<Starts[]> {
  const rounds: Starts[] = [];
  // The first two rounds fill the caches, including the compile cache, and are not counted.
  for (let round = -2; round < ROUNDS; round++) {
    const starts = {} as Starts;
    for (const [variant, args] of Object.entries(variants)) {
      starts[variant as Variant] = JSON.parse((await runNode(args, env)).stdout) as Start;
    }
    if (round >= 0) rounds.push(starts);
  }
  return rounds;
}
