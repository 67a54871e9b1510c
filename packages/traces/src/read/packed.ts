/** Compression formats that are not supported, by the first bytes of a file. */
const packers = { zstd: '28b52ffd', zip: '504b0304', xz: 'fd377a58' };

/** If the compression of a file is not supported, returns a message that names it and says what to do. */
export function unreadPacking(bytes: Buffer): string | undefined {
  const by = packerAt(bytes, 0);
  if (by !== undefined) return `the file is packed by ${by}. Unpack it first.`;
  // With zstd, the Collector's file exporter compresses each message separately, and writes its length in four bytes before it.
  return packerAt(bytes, 4) === 'zstd'
    ? "each message of the file is packed by zstd, which no program unpacks as one file. Turn off `compression` in the Collector's file exporter."
    : undefined;
}

function packerAt(bytes: Buffer, at: number): string | undefined {
  const found = bytes.subarray(at, at + 4).toString('hex');
  return Object.entries(packers).find(([, start]) => start === found)?.[0];
}

/** Reports whether a file is compressed with gzip. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
