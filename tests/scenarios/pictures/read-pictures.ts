import { globSync, readFileSync } from 'node:fs';

export const PAGES = new URL('../../../docs/explanation/', import.meta.url);
const BLOCK = /^```text picture="(?<name>[^"]+)"\n(?<drawing>.*?)^```$/gms;

export interface DrawnPicture {
  /** File name in `PAGES`. */
  page: string;
  name: string;
  drawing: string;
}

/** Every block of the explanations that is marked as a picture. */
export function readPictures(): DrawnPicture[] {
  return globSync('*.md', { cwd: PAGES }).flatMap((page) => {
    const text = readFileSync(new URL(page, PAGES), 'utf8');
    return Array.from(text.matchAll(BLOCK), ({ groups }) => ({
      page,
      name: groups?.['name'] ?? '',
      drawing: groups?.['drawing'] ?? '',
    }));
  });
}
