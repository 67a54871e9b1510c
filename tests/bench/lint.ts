import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cost } from './lint/cost.ts';
import { writeSpans } from './lint/write-spans.ts';
import { report } from './ratio.ts';

const SPANS = 1_000_000;
const ROUNDS = 3;

/** Compares `traces lint` on a file of a million spans with only parsing its lines as JSON. Fails above a bar. */
export async function run({ numbers }: { numbers: boolean }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-lint-'));
  try {
    const path = join(folder, 'spans.jsonl');
    const breaks = await writeSpans(path, SPANS);
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS) rounds.push(await measured(folder, path, breaks));
    const each = (key: keyof Round) => rounds.map((round) => round[key]);
    await report(
      'lint',
      [
        {
          what: 'processor time: `traces lint` / only `JSON.parse`',
          rounds: each('ratio'),
          bar: { atMost: 3 },
        },
        { what: 'elapsed time: `traces lint` / only `JSON.parse`', rounds: each('clock') },
        { what: 'memory of `traces lint`', rounds: each('mb'), bar: { atMost: 600 }, unit: 'MB' },
      ],
      numbers,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Round {
  ratio: number;
  clock: number;
  mb: number;
}

async function measured(folder: string, path: string, breaks: number): Promise<Round> {
  const parse = await cost(folder, [join(import.meta.dirname, 'lint/parse-lines.ts'), path], 0);
  const cli = join(import.meta.dirname, '../../packages/traces/src/cli.ts');
  const lint = await cost(folder, [cli, 'lint', '--file', path, '--format', 'json'], 1);
  const { findings, summary } = JSON.parse(lint.output) as { findings: object[]; summary: { spans: number } };
  if (summary.spans !== SPANS || findings.length !== breaks)
    throw new Error(
      `Read ${summary.spans} spans and found ${findings.length} breaks. Expected ${SPANS} and ${breaks}.`,
    );
  return { ratio: lint.cpu / parse.cpu, clock: lint.clock / parse.clock, mb: Math.round(lint.mb) };
}
