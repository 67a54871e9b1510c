import { writeNumbers } from '../../support/numbers-page.ts';
import { serviceOf } from './container.ts';
import { docker, lines } from './docker.ts';
import type { ComposeProject } from './project.ts';

/** Whether the results are written to the page. If so, everything is built from scratch, which is slow. */
export const IS_WRITING = process.env['WRITE_NUMBERS'] === 'on';

/** The measurements of one run. A value is missing if the run failed before it was measured. */
export interface Numbers {
  cluster: string;
  coldStartMs?: number;
  warmStartMs?: number;
  /** By service name. */
  memoryMib?: Record<string, number>;
  imageMib?: Record<string, number>;
  /** By service and signal: the time from the start of the container to the next joined trace. */
  recoveryMs: Record<string, number>;
}

const UNITS: Record<string, number> = { B: 2 ** -20, KiB: 2 ** -10, MiB: 1, GiB: 2 ** 10 };

export async function memoryOf(project: ComposeProject): Promise<Record<string, number>> {
  const running = (await project.containers()).filter(({ State }) => State.Status === 'running');
  const entries = running.map(async (container): Promise<[string, number]> => {
    const service = serviceOf(container);
    const usage = await docker(['stats', '--no-stream', '--format', '{{.MemUsage}}', container.Id]);
    const [, amount = '', unit = ''] = /^([\d.]+)(\w+)/.exec(usage) ?? [];
    const mib = Number(amount) * (UNITS[unit] ?? Number.NaN);
    if (Number.isNaN(mib)) throw new Error(`Expected the memory of ${service}, got ${usage}`);
    return [service, Math.round(mib)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Returns the sizes of the images that the project builds. */
export async function imageSizes(project: ComposeProject): Promise<Record<string, number>> {
  const listed = await docker([
    'image',
    'ls',
    '--filter',
    `reference=${project.name}-*`,
    '--format',
    '{{.Repository}}',
  ]);
  const entries = lines(listed).map(async (name): Promise<[string, number]> => {
    const size = Number(await docker(['image', 'inspect', '--format', '{{.Size}}', name]));
    return [name.slice(project.name.length + 1), Math.round(size / 2 ** 20)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Prints the numbers. With `--numbers`, also writes them to the section of this cluster on the page. */
export async function reportNumbers(numbers: Numbers): Promise<void> {
  const section = toMarkdown(numbers);
  console.log(section);
  if (IS_WRITING) await writeNumbers(`compose ${numbers.cluster}`, section);
}

function toMarkdown({
  coldStartMs,
  warmStartMs,
  memoryMib = {},
  imageMib = {},
  recoveryMs,
}: Numbers): string {
  const total = Object.values(memoryMib).reduce((sum, mib) => sum + mib, 0);
  const memory: Row[] = [...sorted(memoryMib), ['all', total]];
  return [
    table('start', 'time in s', [
      [
        IS_WRITING ? 'cold: every image built from scratch' : 'with what the builder remembers',
        seconds(coldStartMs),
      ],
      ['warm: images and volumes exist', seconds(warmStartMs)],
    ]),
    table('container', 'memory in MiB', memory),
    table('image', 'size in MiB', sorted(imageMib)),
    table(
      'restarted container, and how it was stopped',
      'time to the next joined trace, in s',
      Object.entries(recoveryMs).map(([what, ms]) => [what, seconds(ms)]),
    ),
  ].join('\n\n');
}

type Row = [name: string, value: number | string];

/** Sorts the rows by name, so that two runs can be compared. */
const sorted = (rows: Record<string, number>): Row[] =>
  Object.entries(rows).toSorted(([a], [b]) => a.localeCompare(b));

function table(name: string, unit: string, rows: Row[]): string {
  const text = rows.map(([what, value]) => `| ${what} | ${value} |`);
  return [`| ${name} | ${unit} |`, '| --- | ---: |', ...text].join('\n');
}

const seconds = (ms: number | undefined): string =>
  ms === undefined ? 'not measured' : (ms / 1000).toFixed(1);
