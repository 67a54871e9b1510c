import { read } from '../project-files.ts';

/** Checks that the file contains each part of an excerpt unchanged, and in this order. Lines with only `…` separate the parts. */
export function assertExcerpt(text: string, path: string, file = read(path)): void {
  const lines = trimmed(file);
  let from = 0;
  for (const part of parts(text)) {
    const found = lines.findIndex((_, index) => index >= from && startsAt(lines, index, part));
    if (found === -1)
      throw new Error(
        `${path} has no such lines${from > 0 ? ' after the part before' : ''}:\n${part.join('\n')}`,
      );
    from = found + part.length;
  }
}

function parts(text: string): string[][] {
  const all: string[][] = [[]];
  for (const line of trimmed(text)) {
    if (line === '…') all.push([]);
    else all.at(-1)?.push(line);
  }
  return all.filter((part) => part.length > 0);
}

const trimmed = (text: string) => text.split('\n').map((line) => line.trim());

const startsAt = (lines: string[], index: number, part: string[]) =>
  part.every((line, offset) => lines[index + offset] === line);
