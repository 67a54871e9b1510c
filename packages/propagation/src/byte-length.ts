const utf8 = new TextEncoder();

/** Returns the size of a text in UTF-8. */
export const byteLength = (text: string): number => utf8.encode(text).byteLength;
