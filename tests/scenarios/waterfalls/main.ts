import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { read } from '../../../scripts/project-files.ts';
import { drawWaterfalls, withoutLegend } from './draw.ts';
import { WATERFALLS } from './waterfalls.ts';
import { readWaterfalls } from './read-waterfalls.ts';
import { startSystemWithTwoEndpoints } from './system.ts';

readCommandLine({
  usage: `node tests/scenarios/waterfalls/main.ts

Starts a local system, draws each trace in the README and in docs again from a new run, and writes the drawings into the pages.`,
});

const { system, linkingEndpoint } = await startSystemWithTwoEndpoints();
try {
  const drawings = await drawWaterfalls(WATERFALLS, { ...system.urls, linkingEndpoint });
  for (const { page, name, drawing } of readWaterfalls()) {
    const path = join(ROOT, page);
    const tree = withoutLegend(drawings.get(name) ?? drawing);
    writeFileSync(
      path,
      read(page).replace(drawing, () => tree),
    );
    console.log(`${page}: ${name}`);
  }
} finally {
  await system.stop();
}
