import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerLog, lineWriter, type LogLine } from './container-log.ts';

test('chunks become lines, characters split between chunks stay whole', () => {
  const log = new ContainerLog();
  const writer = lineWriter(log);
  const bytes = Buffer.from('één\ntwee');
  for (const byte of bytes) writer.write(Buffer.from([byte]));
  writer.end();
  assert.equal(log.read(), 'één\ntwee');
  assert.equal(log.read({ tailLines: 1 }), 'twee');
});

test('a log keeps its last mebibyte', () => {
  const log = new ContainerLog();
  const writer = lineWriter(log);
  for (let i = 0; i < 3000; i += 1) writer.write(Buffer.from(`${String(i).padStart(1023, '.')}\n`));
  assert.ok(log.bytes <= 1024 * 1024);
  assert.ok(log.read().endsWith('2999\n'));
  assert.ok(!log.read().includes('.1000\n'));
});

test('output without a line end does not grow without bound', () => {
  const log = new ContainerLog();
  const writer = lineWriter(log);
  for (let i = 0; i < 100; i += 1) writer.write(Buffer.alloc(64 * 1024, 'x'));
  assert.ok(log.bytes <= 1024 * 1024);
  assert.ok(log.bytes > 900 * 1024);
});

test('a follower gets each line and the end', () => {
  const log = new ContainerLog();
  const seen: (LogLine | 'end')[] = [];
  log.append('before\n');
  log.follow((line) => seen.push(line));
  log.append('after\n');
  log.end();
  assert.deepEqual(
    seen.map((line) => (line === 'end' ? line : line.text)),
    ['after\n', 'end'],
  );
});

test('following a log that has ended ends at once', () => {
  const log = new ContainerLog();
  log.end();
  const seen: unknown[] = [];
  log.follow((line) => seen.push(line));
  assert.deepEqual(seen, ['end']);
});
