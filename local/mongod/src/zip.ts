import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

// Layout: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end record).
const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

interface Member {
  name: string;
  method: number;
  compressedBytes: number;
  headerOffset: number;
  entryBytes: number;
}

/**
 * Writes the one member of a zip archive whose name ends with `suffix` to `target`.
 * For archives below 4 GiB that are stored or deflated; throws on anything else and when the member is missing.
 */
export async function extractMember(archive: Buffer, suffix: string, target: string): Promise<void> {
  const member = [...members(archive)].find(({ name }) => name.endsWith(suffix));
  if (!member) throw new Error(`Failed to unzip: the archive has no member that ends with ${suffix}.`);
  const source = Readable.from([data(archive, member)]);
  const file = createWriteStream(target);
  if (member.method === STORED) return pipeline(source, file);
  if (member.method === DEFLATED) return pipeline(source, createInflateRaw(), file);
  throw new Error(`Failed to unzip ${member.name}: compression method ${member.method}, expected 0 or 8.`);
}

function* members(archive: Buffer): Generator<Member> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_RECORD_BYTES > archive.length || archive.readUInt32LE(end) !== END_RECORD) {
    throw new Error('Failed to unzip: no end record found. Expected a complete zip archive.');
  }
  let offset = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const member = readEntry(archive, offset);
    yield member;
    offset += member.entryBytes;
  }
}

function readEntry(archive: Buffer, at: number): Member {
  if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) {
    throw new Error(`Failed to unzip: no directory entry at byte ${at}. Expected a complete zip archive.`);
  }
  const nameBytes = archive.readUInt16LE(at + 28);
  return {
    name: archive.toString('utf8', at + DIRECTORY_ENTRY_BYTES, at + DIRECTORY_ENTRY_BYTES + nameBytes),
    method: archive.readUInt16LE(at + 10),
    compressedBytes: archive.readUInt32LE(at + 20),
    headerOffset: archive.readUInt32LE(at + 42),
    entryBytes:
      DIRECTORY_ENTRY_BYTES + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32),
  };
}

function data(archive: Buffer, { headerOffset, compressedBytes }: Member): Buffer {
  const start =
    headerOffset +
    LOCAL_HEADER_BYTES +
    archive.readUInt16LE(headerOffset + 26) +
    archive.readUInt16LE(headerOffset + 28);
  return archive.subarray(start, start + compressedBytes);
}
