/** By the first bytes of what they write: packers of which nothing is read. */
const packers = { zstd: '28b52ffd', zip: '504b0304', xz: 'fd377a58' };

/** What a file is packed by, if that is not read, and what to do about it. */
export function unreadPacking(bytes: Buffer): string | undefined {
  const by = packerAt(bytes, 0);
  if (by !== undefined) return `the file is packed by ${by}. Unpack it first.`;
  // The Collector's file exporter packs each message by itself with zstd, and writes its length before it, in four bytes.
  return packerAt(bytes, 4) === 'zstd'
    ? "each message of the file is packed by zstd, which no program unpacks as one file. Turn off `compression` in the Collector's file exporter."
    : undefined;
}

function packerAt(bytes: Buffer, at: number): string | undefined {
  const found = bytes.subarray(at, at + 4).toString('hex');
  return Object.entries(packers).find(([, start]) => start === found)?.[0];
}

/** Whether gzip packed it. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
