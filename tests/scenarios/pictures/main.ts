import { readFileSync, writeFileSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { drawPictures } from './draw.ts';
import { PICTURES } from './pictures.ts';
import { readPictures, ROOT } from './read-pictures.ts';
import { startSystemWithTwoDoors } from './system.ts';

readCommandLine({
  usage: `node tests/scenarios/pictures/main.ts

Draws every picture of README and docs from a run on a system of its own, and writes it into its page.`,
});

const { system, linkingDoor } = await startSystemWithTwoDoors();
try {
  const drawings = await drawPictures(PICTURES, { ...system.urls, linkingDoor });
  for (const { page, name, drawing } of readPictures()) {
    const path = new URL(page, ROOT);
    const tree = withoutLegend(drawings.get(name) ?? drawing);
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(drawing, () => tree),
    );
    console.log(`${page}: ${name}`);
  }
} finally {
  await system.stop();
}

function withoutLegend(drawing: string): string {
  return `${drawing.replace(/\n\n█ work.*$/s, '').trimEnd()}\n`;
}
