const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WIDTH_AT = 16;
const HEIGHT_AT = 20;

/** Returns the width and height of a PNG in pixels: https://www.w3.org/TR/png-3/#11IHDR. Throws if it is not a PNG. */
export function pngSize(png: Buffer): { width: number; height: number } {
  const isPng = png.length > HEIGHT_AT + 4 && png.subarray(0, SIGNATURE.length).equals(SIGNATURE);
  if (!isPng) throw new Error(`Expected a PNG, got ${png.length} bytes of something else.`);
  return { width: png.readUInt32BE(WIDTH_AT), height: png.readUInt32BE(HEIGHT_AT) };
}
