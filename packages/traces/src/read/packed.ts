/** Compression formats that are not supported, by the first bytes of a file. */
const packers = { zstd: '28b52ffd', zip: '504b0304', xz: 'fd377a58', bzip2: '425a68', lz4: '04224d18' };
/** Where the header of a tar archive says that it is one. */
const TAR = { at: 257, says: 'ustar' };

/** If the compression of a file is not supported, returns a message that names it and says what to do. */
export function unreadPacking(bytes: Buffer): string | undefined {
  const by = packerAt(bytes, 0) ?? (isTar(bytes) ? 'tar' : undefined);
  if (by !== undefined) return `the file is packed by ${by}. Unpack it first.`;
  // With zstd, the Collector's file exporter compresses each message separately, and writes its length in four bytes before it.
  return packerAt(bytes, 4) === 'zstd'
    ? "each message of the file is packed by zstd, which no program unpacks as one file. Turn off `compression` in the Collector's file exporter."
    : undefined;
}

function packerAt(bytes: Buffer, at: number): string | undefined {
  const found = bytes.subarray(at, at + 4).toString('hex');
  return Object.entries(packers).find(([, start]) => found.startsWith(start))?.[0];
}

const isTar = (bytes: Buffer): boolean =>
  bytes.subarray(TAR.at, TAR.at + TAR.says.length).toString('latin1') === TAR.says;

const LOOKED_AT = 4_096;

/**
 * Reports whether a file is protobuf, by its first bytes. Its ids are random bytes, so even a few spans contain control characters, which
 * JSON never does.
 */
export function isBinary(first: Buffer): boolean {
  return first.subarray(0, LOOKED_AT).some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
}

/** Reports whether a file is UTF-16, by its byte-order mark. PowerShell's `>` writes such files. */
export const isUtf16 = (first: Buffer): boolean =>
  ['fffe', 'feff'].includes(first.subarray(0, 2).toString('hex'));

/** Reports whether a file is compressed with gzip. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
