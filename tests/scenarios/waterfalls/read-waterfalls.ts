import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

const PAGES = ['README.md', 'docs/explanation/*.md'];
const BLOCK = /^```text waterfall="(?<name>[^"]+)"\n(?<drawing>.*?)^```$/gms;

export interface DrawnWaterfall {
  /** Path from the root. */
  page: string;
  name: string;
  drawing: string;
}

/** Every block of the README and of the explanations that is marked as a waterfall. */
export function readWaterfalls(): DrawnWaterfall[] {
  return globSync(PAGES, { cwd: ROOT }).flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    return Array.from(text.matchAll(BLOCK), ({ groups }) => ({
      page,
      name: groups?.['name'] ?? '',
      drawing: groups?.['drawing'] ?? '',
    }));
  });
}
