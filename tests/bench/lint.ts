import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNumbers } from '../support/numbers-page.ts';
import { cost } from './lint/cost.ts';
import { writeSpans } from './lint/write-spans.ts';

const SPANS = 1_000_000;
const ROUNDS = 3;
const MAX_RATIO = 3;
const MAX_MB = 600;

/** Compares `traces lint` on a file of a million spans with only parsing its lines as JSON. Fails above a bar. */
export async function run({ numbers }: { numbers: boolean }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-lint-'));
  try {
    const path = join(folder, 'spans.jsonl');
    const breaks = await writeSpans(path, SPANS);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measured(folder, path, breaks));
    await report(rounds, numbers);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(folder: string, path: string, breaks: number) {
  const parse = await cost(folder, [join(import.meta.dirname, 'lint/parse-lines.ts'), path], 0);
  const cli = join(import.meta.dirname, '../../packages/traces/src/cli.ts');
  const lint = await cost(folder, [cli, 'lint', '--file', path, '--format', 'json'], 1);
  const { findings, summary } = JSON.parse(lint.output) as { findings: object[]; summary: { spans: number } };
  if (summary.spans !== SPANS || findings.length !== breaks)
    throw new Error(
      `Read ${summary.spans} spans and found ${findings.length} breaks. Expected ${SPANS} and ${breaks}.`,
    );
  return { ratio: lint.cpu / parse.cpu, clock: lint.clock / parse.clock, mb: lint.mb };
}

interface Round {
  ratio: number;
  clock: number;
  mb: number;
}

async function report(rounds: readonly Round[], numbers: boolean): Promise<void> {
  const ratios = rounds.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const clocks = rounds.map(({ clock }) => clock).toSorted((a, b) => a - b);
  const memory = rounds.map(({ mb }) => Math.round(mb)).toSorted((a, b) => a - b);
  const middle = Math.floor(ROUNDS / 2);
  const row = (name: string, values: string[], bar: string) =>
    `| ${name} | ${values[middle]} | ${values[0]}–${values.at(-1)} | ${bar} |`;
  const table = [
    '| measurement | median | rounds | bar |',
    '| --- | --- | --- | --- |',
    row(
      'processor time: `traces lint` / only `JSON.parse`',
      ratios.map((ratio) => ratio.toFixed(2)),
      `≤ ${MAX_RATIO}`,
    ),
    row(
      'elapsed time: `traces lint` / only `JSON.parse`',
      clocks.map((ratio) => ratio.toFixed(2)),
      '',
    ),
    row('memory of `traces lint`, in MB', memory.map(String), `≤ ${MAX_MB}`),
  ].join('\n');
  console.log(table);
  if (numbers) await writeNumbers('lint', table);
  if ((ratios[middle] ?? Infinity) > MAX_RATIO || (memory[middle] ?? Infinity) > MAX_MB) process.exitCode = 1;
}
