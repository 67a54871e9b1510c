import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { mkdir, readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createOtlpClient } from '../export/otlp-client.ts';
import { startCollector, unavailable } from '../testing/collector.ts';
import { createJournalFolder } from '../testing/journal-folder.ts';
import { replaceBuiltin } from '../testing/replace-builtin.ts';
import { warningsIn } from '../testing/warnings.ts';
import { journalName } from './journal-name.ts';
import type { PostedSpans } from './post-journaled.ts';
import { recoverJournals } from './recovery.ts';

/** Larger than 2^22, the maximum PID. */
const DEAD = '99999999-of-a-dead-process.spans';

const line = (mark: string, name: string) =>
  `${mark} {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"${name}","spanId":"${name}"}]}]}]}\n`;

async function journals(context: TestContext, files: Record<string, string>) {
  const directory = await createJournalFolder(context);
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  const posted: PostedSpans[] = [];
  const recover = () => recoverJournals(directory, createOtlpClient(), (spans) => posted.push(spans));
  return { directory, recover, posted, left: async () => (await readdir(directory)).toSorted() };
}

test('the next start delivers the journals of dead processes only', async (context) => {
  const collector = await startCollector(context);
  const own = journalName();
  const { recover, left } = await journals(context, {
    [DEAD]: line('E', 'ended') + line('S', 'open') + line('E', 'done') + 'D done\n',
    [own]: line('S', 'own'),
    'other.txt': '',
  });
  await recover();
  assert.deepEqual(collector.names(), ['ended', 'open']);
  assert.equal(collector.requests[0]?.spans[1]?.status.message, 'the process was killed');
  assert.deepEqual(await left(), [own, 'other.txt'].toSorted());
});

test('a journal that cannot be delivered stays for the next time', async (context) => {
  const collector = await startCollector(context);
  collector.answer(unavailable);
  const { recover, left } = await journals(context, { [DEAD]: line('E', 'left') });
  await assert.rejects(recover(), /503/);
  assert.deepEqual(await left(), [DEAD]);
});

test('bad data does not stand in the way', async (context) => {
  const collector = await startCollector(context);
  collector.answer((response) => response.writeHead(400).end());
  const { recover, left, posted } = await journals(context, { [DEAD]: line('E', 'bad') });
  await recover();
  assert.deepEqual(await left(), []);
  assert.equal(posted[0]?.rejected, 1);
});

const OLDEST = '99999999-oldest.spans';

/** Creates a file that is older than the others, and on which an operation fails, as if it belonged to another user. */
async function withForeignFile(context: TestContext, operation: 'readFile' | 'rm') {
  const collector = await startCollector(context);
  const warnings = warningsIn(context);
  const made = await journals(context, { [OLDEST]: '', [DEAD]: line('E', 'left') });
  await utimes(join(made.directory, OLDEST), 0, 0);
  const original = fs[operation] as (path: string, ...rest: unknown[]) => Promise<unknown>;
  replaceBuiltin(context, fs, operation, async (path: string, ...rest: unknown[]) => {
    if (path.endsWith(OLDEST)) throw new Error('EACCES');
    return original(path, ...rest);
  });
  return { ...made, collector, warnings };
}

test('a journal that cannot be read does not stand in the way', async (context) => {
  const { recover, left, collector, warnings } = await withForeignFile(context, 'readFile');
  await recover();
  assert.deepEqual(collector.names(), ['left']);
  assert.deepEqual(await left(), [OLDEST]);
  await recover();
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /failed to take over .*99999999-oldest.*EACCES/);
});

test('a journal that cannot be discarded does not stand in the way', async (context) => {
  const { directory, recover, left, collector, warnings } = await withForeignFile(context, 'rm');
  await truncate(join(directory, OLDEST), 65 * 1024 * 1024);
  await utimes(join(directory, OLDEST), 0, 0);
  await recover();
  assert.deepEqual(collector.names(), ['left']);
  assert.deepEqual(await left(), [OLDEST]);
  await recover();
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /failed to discard .*99999999-oldest.*EACCES/);
});

test('a folder is not taken for a journal', async (context) => {
  const warnings = warningsIn(context);
  const { directory, recover, left } = await journals(context, {});
  await mkdir(join(directory, DEAD));
  await recover();
  assert.deepEqual(await left(), [DEAD]);
  assert.deepEqual(warnings, []);
});

test('journals of a crash loop are bounded, the newest stay', async (context) => {
  const collector = await startCollector(context);
  collector.answer(unavailable);
  const warnings = warningsIn(context);
  const names = [0, 1, 2].map((n) => `99999999-crash-${n}.spans`);
  const { directory, recover, left } = await journals(
    context,
    Object.fromEntries(names.map((name) => [name, ''])),
  );
  for (const [n, name] of names.entries()) {
    await truncate(join(directory, name), 30 * 1024 * 1024);
    await utimes(join(directory, name), n, n);
  }
  await recover();
  assert.ok(!(await left()).includes(names[0]!));
  assert.match(warnings[0] ?? '', /discarded the oldest 1/);
});
