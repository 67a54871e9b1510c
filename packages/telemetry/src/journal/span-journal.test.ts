import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Span } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { guarded } from '../guarded-processor.ts';
import { createJournalFolder } from '../testing/journal-folder.ts';
import { replaceBuiltin } from '../testing/replace-builtin.ts';
import { warningsIn } from '../testing/warnings.ts';
import { readJournal } from './read-journal.ts';
import { SpanJournal } from './span-journal.ts';

/** Later than any span of these tests. */
const DIED_AT = 4_000_000_000_000_000_000n;
const idOf = (span: Span): string => span.spanContext().spanId;

async function journaling(context: TestContext, limits?: { maxBytes: number; maxFileBytes: number }) {
  const directory = await createJournalFolder(context);
  const givenUp: number[] = [];
  const journal = new SpanJournal(directory, (count) => givenUp.push(count), limits);
  const tracer = new TracerProvider({ spanProcessors: [guarded(journal)] }).getTracer('test');
  const left = async () => {
    const texts = await Promise.all(
      (await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8')),
    );
    return texts
      .flatMap((text) => [...readJournal(text, DIED_AT).values()])
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  };
  return { directory, journal, tracer, givenUp, left };
}

test('a span that was open at the death ends there as killed', async (context) => {
  const { tracer, left } = await journaling(context);
  tracer.startSpan('open');
  const [span] = await left();
  assert.equal(span?.endTimeUnixNano, String(DIED_AT));
  assert.equal(span?.status?.message, 'the process was killed');
});

test('a span that was open does not end before it began', () => {
  const span = { spanId: 'a', startTimeUnixNano: String(DIED_AT + 1n) };
  const text = `S ${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })}\n`;
  const [left] = readJournal(text, DIED_AT).values();
  assert.equal(left?.scopeSpans[0]?.spans[0]?.endTimeUnixNano, span.startTimeUnixNano);
});

test('what was delivered is not in the journal', async (context) => {
  const { tracer, journal, left } = await journaling(context);
  const open = tracer.startSpan('open');
  const [delivered, waiting] = [tracer.startSpan('delivered'), tracer.startSpan('waiting')];
  delivered.end();
  waiting.end();
  journal.settle([idOf(delivered)]);
  assert.deepEqual(
    (await left()).map(({ spanId }) => spanId),
    [idOf(open), idOf(waiting)],
  );
});

test('a line that the death cut off is left out', async (context) => {
  const { tracer, directory, left } = await journaling(context);
  tracer.startSpan('whole');
  const [name = ''] = await readdir(directory);
  const path = join(directory, name);
  await writeFile(path, (await readFile(path, 'utf8')) + '\nE {"resourceSpans":[{"sc');
  assert.equal((await left()).length, 1);
});

test('a line that a disk spoiled costs itself alone', () => {
  const text =
    'E {"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a"}]}]}]}\nE {"resou\u0000\nE null\nE {}\n';
  assert.deepEqual([...readJournal(text, DIED_AT).keys()], ['a']);
});

test('an orderly end leaves no file', async (context) => {
  const { tracer, directory, journal } = await journaling(context);
  const span = tracer.startSpan('last');
  span.end();
  await journal.shutdown();
  journal.settle([idOf(span)]);
  assert.deepEqual(await readdir(directory), []);
});

test('spans that are owed outlive an orderly end', async (context) => {
  const { tracer, journal, left } = await journaling(context);
  const [owed, delivered] = [tracer.startSpan('owed'), tracer.startSpan('delivered')];
  for (const span of [owed, delivered]) span.end();
  await journal.shutdown();
  journal.settle([idOf(delivered)]);
  assert.equal(journal.owe([idOf(owed)]), 1);
  assert.deepEqual(
    (await left()).map(({ spanId }) => spanId),
    [idOf(owed)],
  );
});

test('a long life with a collector needs little room', async (context) => {
  const { tracer, directory, journal, givenUp, left } = await journaling(context, {
    maxBytes: 40_000,
    maxFileBytes: 10_000,
  });
  const open = tracer.startSpan('open all the time');
  for (let n = 0; n < 500; n++) {
    const span = tracer.startSpan(`short ${n}`);
    span.end();
    journal.settle([idOf(span)]);
  }
  assert.deepEqual(givenUp, []);
  assert.deepEqual(
    (await left()).map(({ spanId }) => spanId),
    [idOf(open)],
  );
  assert.ok((await readdir(directory)).length <= 2);
});

test('beyond its bound the oldest owed spans are given up and counted', async (context) => {
  const { tracer, directory, journal, givenUp, left } = await journaling(context, {
    maxBytes: 40_000,
    maxFileBytes: 10_000,
  });
  const spans = Array.from({ length: 200 }, (_, n) => tracer.startSpan(`owed ${n}`));
  for (const span of spans) {
    span.end();
    journal.owe([idOf(span)]);
  }
  const kept = (await left()).map(({ spanId }) => spanId);
  assert.ok(kept.length > 0 && kept.length < 200);
  assert.deepEqual(new Set(kept), new Set(spans.slice(-kept.length).map(idOf)));
  assert.equal(
    givenUp.reduce((sum, count) => sum + count, 0),
    200 - kept.length,
  );
  const sizes = (await readdir(directory)).map((name) => fs.statSync(join(directory, name)).size);
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 41_000);
});

for (const broken of ['ftruncateSync', 'appendFileSync', 'openSync'] as const) {
  test(`a disk that fails at ${broken} ends the journal and nothing else`, async (context) => {
    const warnings = warningsIn(context);
    const { mock } = replaceBuiltin(context, fs, broken, () => {
      throw new Error('EIO');
    });
    const { journal, tracer } = await journaling(context);
    const span = tracer.startSpan('delivered');
    span.end();
    journal.settle([idOf(span)]);
    tracer.startSpan('later').end();
    assert.equal(journal.owe([idOf(span)]), 0);
    assert.equal(mock.callCount(), 1);
    assert.match(warnings[0] ?? '', /the span journal stops.*EIO/);
  });
}

/** Fills the disk for the rest of the test: the next write stores only a part, and fails. */
function fillDisk(context: TestContext): void {
  warningsIn(context);
  replaceBuiltin(context, fs, 'appendFileSync', (file: number, text: string) => {
    fs.writeSync(file, text.slice(0, 5));
    throw new Error('ENOSPC');
  });
}

test('a full disk costs only what is not owed', async (context) => {
  const { tracer, journal, directory, givenUp, left } = await journaling(context);
  const [open, owed] = [tracer.startSpan('open'), tracer.startSpan('owed')];
  owed.end();
  journal.owe([idOf(owed)]);
  fillDisk(context);
  tracer.startSpan('beyond').end();
  assert.equal(journal.owe([idOf(open)]), 0);
  assert.deepEqual(
    journal.owedFiles().flatMap(({ ids }) => [...ids]),
    [idOf(owed)],
  );
  assert.deepEqual(givenUp, []);
  journal.settle([idOf(owed)]);
  assert.deepEqual(journal.owedFiles(), []);
  assert.deepEqual(await readdir(directory), []);
  assert.deepEqual(await left(), []);
});

test('on a full disk, only what is owed is left for the next start', async (context) => {
  const { tracer, journal, left } = await journaling(context);
  const ended = ['delivered', 'owed first', 'owed'].map((name) => tracer.startSpan(name));
  tracer.startSpan('open');
  for (const span of ended) span.end();
  const [delivered, ...owed] = ended.map(idOf);
  journal.owe(owed);
  fillDisk(context);
  const idsLeft = async () => (await left()).map(({ spanId }) => spanId);
  journal.settle([delivered!]);
  assert.deepEqual(await idsLeft(), owed);
  journal.settle([owed[0]!]);
  assert.deepEqual(await idsLeft(), [owed[1]]);
  assert.equal((await left())[0]?.status?.message, undefined);
});

test('the last line is whole for a reader that waits for its end', async (context) => {
  const { tracer, directory } = await journaling(context);
  tracer.startSpan('only');
  const [name = ''] = await readdir(directory);
  assert.match(await readFile(join(directory, name), 'utf8'), /^\nS .*\n$/);
});

test('a span that the journal gave up is not owed', async (context) => {
  const { tracer, journal } = await journaling(context, { maxBytes: 4_000, maxFileBytes: 1_000 });
  const spans = Array.from({ length: 20 }, (_, n) => tracer.startSpan(`waiting ${n}`));
  for (const span of spans) span.end();
  assert.equal(journal.owe([idOf(spans[0]!)]), 0);
  assert.equal(journal.owe([idOf(spans[19]!)]), 1);
});

test('a span that cannot be serialized is not owed', async (context) => {
  const { tracer, journal, left } = await journaling(context);
  const span = tracer.startSpan('bad');
  span.addLink({ context: undefined as never });
  span.end();
  assert.equal(journal.owe([idOf(span)]), 0);
  assert.deepEqual(await left(), []);
});
