import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { drawPictures } from './pictures/draw.ts';
import { drawnSpans } from './pictures/drawn-spans.ts';
import { PICTURES } from './pictures/pictures.ts';
import { readPictures } from './pictures/read-pictures.ts';
import { startSystemWithTwoDoors } from './pictures/system.ts';

const pages = readPictures();

let drawings: Map<string, string>;
before(async () => {
  const { system, linkingDoor } = await startSystemWithTwoDoors();
  try {
    drawings = await drawPictures(PICTURES, { ...system.urls, linkingDoor });
  } finally {
    await system.stop();
  }
});

test('every picture is in a page, and every block has its picture', () => {
  assert.deepEqual(pages.map(({ name }) => name).toSorted(), PICTURES.map(({ name }) => name).toSorted());
});

for (const { page, name, drawing } of pages) {
  test(`${page} shows "${name}" as the system draws it`, () => {
    const actual = drawings.get(name) ?? '';
    const message = `${page} has another picture of "${name}". The system draws:\n\n${actual}\n\nTo write all of them anew: node tests/scenarios/pictures/main.ts\n`;
    assert.deepEqual(drawnSpans(actual), drawnSpans(drawing), message);
  });
}
