/** By the first bytes of what they write: packers of which nothing is read. */
const packers = { zstd: '28b52ffd', zip: '504b0304', xz: 'fd377a58' };

/** What a file is packed by, if that is not read. The Collector's file exporter writes the length of each message before it, in four bytes. */
export function unreadPacker(bytes: Buffer): string | undefined {
  const found = [0, 4].map((at) => bytes.subarray(at, at + 4).toString('hex'));
  return Object.entries(packers).find(([, start]) => found.includes(start))?.[0];
}

/** Whether gzip packed it. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
