import assert from 'node:assert/strict';
import fs from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { readJournal, recoverJournals } from './journal-recovery.ts';
import { SpanJournal } from './span-journal.ts';

const DIED_AT = 7_000_000n;

async function journaling(context: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), 'journal-test-'));
  context.after(() => rm(directory, { recursive: true }));
  const journal = new SpanJournal(directory);
  const tracer = new TracerProvider({ spanProcessors: [journal] }).getTracer('test');
  const [name = ''] = await readdir(directory);
  const left = async () => {
    const found = readJournal(await readFile(join(directory, name), 'utf8'), DIED_AT);
    return found.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  };
  return { directory, name, journal, tracer, left };
}

test('a span that was open at the death ends there as killed', async (context) => {
  const { tracer, left } = await journaling(context);
  tracer.startSpan('open');
  const [span] = await left();
  assert.equal(span?.endTimeUnixNano, String(DIED_AT));
  assert.equal(span?.status?.message, 'the process was killed');
});

test('what was delivered is not in the journal', async (context) => {
  const { tracer, journal, left } = await journaling(context);
  const open = tracer.startSpan('open');
  const [delivered, waiting] = [tracer.startSpan('delivered'), tracer.startSpan('waiting')];
  delivered.end();
  waiting.end();
  journal.settled([delivered as unknown as ReadableSpan]);
  const ids = (await left()).map(({ spanId }) => spanId);
  assert.deepEqual(ids, [open.spanContext().spanId, waiting.spanContext().spanId]);
});

test('a line that the death cut off is left out', async (context) => {
  const { tracer, directory, name, left } = await journaling(context);
  tracer.startSpan('whole');
  const path = join(directory, name);
  await writeFile(path, (await readFile(path, 'utf8')) + 'E {"resourceSpans":[{"sc');
  assert.equal((await left()).length, 1);
});

test('an orderly end leaves no file', async (context) => {
  const { tracer, directory, journal } = await journaling(context);
  const span = tracer.startSpan('last');
  span.end();
  await journal.shutdown();
  journal.settled([span as unknown as ReadableSpan]);
  assert.deepEqual(await readdir(directory), []);
});

test('a disk that fails ends the journal and nothing else', async (context) => {
  const { tracer, journal } = await journaling(context);
  const span = tracer.startSpan('delivered');
  span.end();
  const { mock } = context.mock.method(fs, 'ftruncateSync', () => {
    throw new Error('EIO');
  });
  syncBuiltinESMExports();
  try {
    journal.settled([span as unknown as ReadableSpan]);
  } finally {
    mock.restore();
    syncBuiltinESMExports();
  }
  assert.equal(mock.callCount(), 1);
  tracer.startSpan('later').end();
});

test('the next start delivers the journals of dead processes only', async (context) => {
  const { tracer, directory, name } = await journaling(context);
  tracer.startSpan('left behind');
  const text = await readFile(join(directory, name), 'utf8');
  // Process ids are at most 2^22.
  await writeFile(join(directory, '99999999-of-a-dead-process.spans'), text);
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['api-key']);
    void json(request).then(() => response.end());
  });
  process.env['OTEL_EXPORTER_OTLP_HEADERS'] = 'api-key=one%2Ftwo';
  context.after(() => {
    delete process.env['OTEL_EXPORTER_OTLP_HEADERS'];
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await recoverJournals(directory, `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`);
  assert.deepEqual(keys, ['one/two']);
  assert.deepEqual(await readdir(directory), [name]);
});

test('a journal that cannot be delivered stays for the next start', async (context) => {
  const { tracer, directory, name } = await journaling(context);
  tracer.startSpan('left behind');
  const dead = '99999999-of-a-dead-process.spans';
  await writeFile(join(directory, dead), await readFile(join(directory, name), 'utf8'));
  await recoverJournals(directory, 'http://127.0.0.1:9/v1/traces');
  assert.deepEqual((await readdir(directory)).toSorted(), [name, dead].toSorted());
});
