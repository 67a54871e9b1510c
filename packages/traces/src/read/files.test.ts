import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { file } from '../testing/folder.ts';
import { readSpansFile } from './files.ts';

function chunk(name: string) {
  return { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a', spanId: 'b', name }] }] }] };
}

async function namesIn(text: string | Uint8Array): Promise<string[]> {
  return (await readSpansFile(await file('spans.json', text))).map(({ name }) => name);
}

test('a file is one object on one line or on many', async () => {
  assert.deepEqual(await namesIn(JSON.stringify(chunk('a'))), ['a']);
  assert.deepEqual(await namesIn(JSON.stringify({ result: chunk('a') }, null, 2)), ['a']);
  assert.deepEqual(await namesIn(JSON.stringify([chunk('a'), chunk('b')], null, 2)), ['a', 'b']);
});

test('a file is one object a line with blank lines', async () => {
  assert.deepEqual(await namesIn(`${JSON.stringify(chunk('a'))}\n\n${JSON.stringify(chunk('b'))}\n`), [
    'a',
    'b',
  ]);
});

test('objects may follow each other without a line between', async () => {
  const answer = JSON.stringify({ result: chunk('}{"') });
  assert.deepEqual(await namesIn(answer + answer.replace('}{', 'b')), ['}{"', 'b"']);
});

test('other signals in the same file are passed over', async () => {
  const others = ['resourceMetrics', 'resourceLogs', 'resourceProfiles'].map((name) => `{"${name}":[{}]}\n`);
  assert.deepEqual(await namesIn(`${others.join('')}${JSON.stringify(chunk('a'))}\n${others.join('')}`), [
    'a',
  ]);
  assert.deepEqual(await namesIn(others.join('')), []);
});

test('a byte-order mark is not part of the text', async () => {
  const text = `\uFEFF${JSON.stringify(chunk('ä'))}\r\n`;
  const littleEndian = Buffer.from(text, 'utf16le');
  for (const bytes of [Buffer.from(text), littleEndian, Buffer.from(littleEndian).swap16()])
    assert.deepEqual(await namesIn(bytes), ['ä']);
});

test('a file without a text says that it is empty', async () => {
  for (const text of ['', '\uFEFF', '\n \n'])
    await assert.rejects(namesIn(text), /spans\.json: the file is empty\. Expected OTLP JSON/);
});

test('a string of many megabytes does not overflow the stack', async () => {
  const long = 'x"\n'.repeat(8e6);
  assert.deepEqual(await namesIn(`{"n":1700000000000000001,${JSON.stringify(chunk(long)).slice(1)}\n{}`), [
    long,
  ]);
});

test('a file that is not OTLP is named, with the line', async () => {
  await assert.rejects(
    namesIn('{"x":1}'),
    /^Error: Failed to read spans from .+spans\.json: Failed to read OTLP JSON/,
  );
  await assert.rejects(namesIn('nothing'), /spans\.json: line 1: Unexpected token/);
  await assert.rejects(namesIn('{"resourceSpans":[]}\n\n{"resourceSp'), /spans\.json: line 3: /);
});

test('a file may be packed by gzip, and by nothing else', async () => {
  assert.deepEqual(await namesIn(gzipSync(JSON.stringify(chunk('a')))), ['a']);
  await assert.rejects(
    namesIn(Buffer.from('28b52ffd0400010203', 'hex')),
    /spans\.json: the file is packed by zstd\. Unpack it first\./,
  );
  const tar = Buffer.alloc(512);
  tar.write('spans.json');
  tar.write('ustar', 257);
  await assert.rejects(namesIn(gzipSync(tar)), /the file is packed by tar\. Unpack it first\./);
  await assert.rejects(namesIn('BZh91AY&SY'), /the file is packed by bzip2\./);
});

test('protobuf is said to be read by lint alone', async () => {
  await assert.rejects(namesIn(Buffer.from('0a02120000', 'hex')), /the file is binary\. .*Only traces lint/);
});
