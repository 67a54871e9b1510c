import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { deflateRawSync } from 'node:zlib';

import { extractMember } from './zip.ts';

interface Entry {
  name: string;
  text: string;
  method?: number;
}

/** An archive as zip programs write it, with extra fields in the local headers and a comment at the end. */
function zip(entries: Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method = 8 } of entries) {
    const data = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    const block = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), data]);
    parts.push(block);
    directory.push(entry, Buffer.from(name));
    offset += block.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end, Buffer.from('a comment')]);
}

async function target(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'zip-test-'));
  t.after(() => rm(directory, { recursive: true }));
  return join(directory, 'out');
}

test('the wanted member is written, packed or stored', async (t) => {
  const out = await target(t);
  const archive = zip([
    { name: 'readme', text: 'not this' },
    { name: 'a/bin/mongod', text: 'program '.repeat(1_000) },
    { name: 'b/plain', text: 'as it is', method: 0 },
  ]);
  await extractMember(archive, '/bin/mongod', out);
  assert.equal(await readFile(out, 'utf8'), 'program '.repeat(1_000));
  await extractMember(archive, 'plain', out);
  assert.equal(await readFile(out, 'utf8'), 'as it is');
});

test('a damaged archive is named as such', async (t) => {
  const out = await target(t);
  const archive = zip([{ name: 'mongod', text: 'program' }]);
  await assert.rejects(extractMember(archive.subarray(0, 40), 'mongod', out), /no end record found/);
  await assert.rejects(extractMember(archive.subarray(5), 'mongod', out), /no directory entry at byte/);
  await assert.rejects(extractMember(Buffer.alloc(0), 'mongod', out), /no end record found/);
  await assert.rejects(extractMember(archive, 'mongos', out), /no member that ends with mongos/);
  const packed = zip([{ name: 'mongod', text: 'program', method: 12 }]);
  await assert.rejects(extractMember(packed, 'mongod', out), /compression method 12, expected 0 or 8/);
});
