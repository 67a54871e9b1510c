import { find, read } from '../../../scripts/project-files.ts';

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
  return find(...PAGES).flatMap((page) =>
    Array.from(read(page).matchAll(BLOCK), ({ groups }) => ({
      page,
      name: groups?.['name'] ?? '',
      drawing: groups?.['drawing'] ?? '',
    })),
  );
}
