import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Normaliser } from '../docs/support/normalise.ts';
import { drawWaterfalls, withoutLegend } from './waterfalls/draw.ts';
import { WATERFALLS } from './waterfalls/waterfalls.ts';
import { readWaterfalls } from './waterfalls/read-waterfalls.ts';
import { startSystemWithTwoEndpoints } from './waterfalls/system.ts';

const pages = readWaterfalls();

let drawings: Map<string, string>;
before(async () => {
  const { system, linkingEndpoint } = await startSystemWithTwoEndpoints();
  try {
    drawings = await drawWaterfalls(WATERFALLS, { ...system.urls, linkingEndpoint });
  } finally {
    await system.stop();
  }
});

test('every waterfall is in a page, and every block has its waterfall', () => {
  assert.deepEqual(pages.map(({ name }) => name).toSorted(), WATERFALLS.map(({ name }) => name).toSorted());
});

for (const { page, name, drawing } of pages) {
  test(`${page} shows "${name}" as the system draws it`, () => {
    const actual = withoutLegend(drawings.get(name) ?? '');
    const message = `${page} has another waterfall of "${name}". The system draws:\n\n${actual}\n\nTo write all of them again: node tests/scenarios/waterfalls/main.ts\n`;
    assert.equal(new Normaliser().normalise(actual), new Normaliser().normalise(drawing), message);
  });
}
