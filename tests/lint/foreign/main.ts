import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { areGood, compare, describe, readLabels, score, type Verdict } from './labels.ts';
import { lint } from './lint.ts';
import { installPrograms, missing, programsInPlace, record, type Recording } from './record.ts';
import { RECORDINGS, recordings } from './recordings.ts';
import { SYSTEMS } from './systems.ts';

/** The public demos were recorded by others, and can't be played. */
const NAMES = [...SYSTEMS.map(({ name }) => name), 'public-demos'];

const USAGE = `npm run test:foreign -- [options] [system ...]

Runs traces lint on recorded spans of systems outside this project, and compares the findings with the labels, which say what it should
find. tests/lint/foreign/README.md describes the recordings.

  --live      runs the systems again, and lints their new spans instead of the recorded spans
  --record    runs the systems again, and replaces the recorded spans with the new spans; lints nothing
  system      only these systems: ${NAMES.join(', ')}`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: NAMES,
  options: { live: { type: 'boolean', default: false }, record: { type: 'boolean', default: false } },
});

const asked = SYSTEMS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (values.record) await playAll(keep);
else process.exitCode = report(await (values.live ? lintLive() : lintRecorded())) ? 0 : 1;

type Judged = Array<{ title: string; verdict: Verdict }>;

async function lintRecorded(): Promise<Judged> {
  const judged: Judged = [];
  for (const { system, name, path, labelsPath } of recordings(positionals)) {
    judged.push({
      title: `${system}/${name}`,
      verdict: compare(await lint(path), await readLabels(labelsPath)),
    });
  }
  return judged;
}

async function lintLive(): Promise<Judged> {
  const judged: Judged = [];
  const scratch = await mkdtemp(join(tmpdir(), 'foreign-lint-'));
  try {
    await playAll(async (system, { name, lines }) => {
      const file = join(scratch, `${system}.${name}.jsonl`);
      await writeFile(file, lines);
      const labels = await readLabels(join(RECORDINGS, system, `${name}.json`));
      judged.push({ title: `${system}/${name}`, verdict: compare(await lint(file), labels) });
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return judged;
}

async function keep(system: string, { name, lines }: Recording): Promise<void> {
  const folder = join(RECORDINGS, system);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.jsonl.gz`), gzipSync(lines, { level: 9 }));
}

async function playAll(use: (system: string, recording: Recording) => Promise<void>): Promise<void> {
  const here = asked.filter((system) => {
    const what = missing(system);
    if (what) console.log(`${system.name}: left out, it needs ${what}`);
    return !what;
  });
  const installed = here.every(({ bundled }) => bundled) ? programsInPlace : await installPrograms(here);
  try {
    for (const system of here) {
      for await (const recording of record(system, installed)) {
        console.log(`${system.name}/${recording.name}: played`);
        await use(system.name, recording);
      }
    }
  } finally {
    await installed.close();
  }
}

/** Prints every miss and the score. Reports whether the score is good enough. */
function report(judged: Judged): boolean {
  for (const { title, verdict } of judged) {
    for (const finding of verdict.missed) console.log(`${title}: missed ${describe(finding)}`);
    for (const finding of verdict.wrong) console.log(`${title}: wrong  ${describe(finding)}`);
  }
  const verdicts = judged.map(({ verdict }) => verdict);
  const { precision, recall } = score(verdicts);
  console.log(`${judged.length} recordings: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
  return areGood(verdicts);
}
