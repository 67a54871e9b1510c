import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { renderRecordedPage } from '../../../services/playground/recorded/recorded-page.ts';
import type { Recording } from '../../../services/playground/view/recording.ts';
import { record } from './record.ts';
import { RECORDED_RUNS } from './recorded-runs.ts';

const FILE = join(ROOT, 'dist/playground.html');

/** Records each run on a playground, and writes the page that replays the runs. */
export async function writeRecordedPage(playgroundUrl: string): Promise<void> {
  const recordings: Recording[] = [];
  for (const changed of RECORDED_RUNS) recordings.push(await record(playgroundUrl, changed));
  const page = renderRecordedPage(recordings);
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, page);
  console.log(
    `${relative(ROOT, FILE)}: ${recordings.length} runs, ${Math.round(Buffer.byteLength(page) / 1_000)} kB`,
  );
}
