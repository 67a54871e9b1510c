import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

const PAGES = ['README.md', 'docs/explanation/*.md'];
const BLOCK = /^```text waterfall="(?<name>[^"]+)"\n(?<drawing>.*?)^```$/gms;

export interface DrawnWaterfall {
  /** Relative to the root of the project. */
  page: string;
  name: string;
  drawing: string;
}

/** Returns all blocks of the README and the explanations that are marked as waterfalls. */
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
