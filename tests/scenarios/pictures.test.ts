import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startLocalSystem } from '@beyond-headers/supervisor';
import { drawPictures } from './pictures/draw.ts';
import { drawnSpans } from './pictures/drawn-spans.ts';
import { PICTURES } from './pictures/pictures.ts';
import { readPictures } from './pictures/read-pictures.ts';
import { SCENARIOS } from './scenarios.ts';

const pages = readPictures();
const scenario = (name: string) => SCENARIOS.find((one) => one.name === name) ?? assert.fail(name);

let drawings: Map<string, string>;
before(async () => {
  drawings = new Map([...(await drawAll()), ...(await drawAtLinkingDoor())]);
});

test('every picture is in a page, and every block has its picture', () => {
  assert.deepEqual(pages.map(({ name }) => name).toSorted(), PICTURES.map(({ name }) => name).toSorted());
});

for (const { page, name, drawing } of pages) {
  test(`${page} shows "${name}" as the system draws it`, () => {
    const actual = drawings.get(name) ?? '';
    const message = `${page} has another picture of "${name}". The system draws:\n\n${actual}\n`;
    assert.deepEqual(drawnSpans(actual), drawnSpans(drawing), message);
  });
}

async function drawAll(): Promise<Map<string, string>> {
  const system = await startLocalSystem();
  try {
    const pictures = PICTURES.filter(({ edgePolicy }) => edgePolicy === undefined);
    return await drawPictures(pictures, system.urls, scenario('joined'));
  } finally {
    await system.stop();
  }
}

async function drawAtLinkingDoor(): Promise<Map<string, string>> {
  const system = await startLocalSystem({
    only: ['mongod', 'trace-store', 'writer', 'poller'],
    env: { writer: { EDGE_POLICY: 'link' } },
  });
  try {
    const pictures = PICTURES.filter(({ edgePolicy }) => edgePolicy === 'link');
    return await drawPictures(pictures, system.urls, scenario('no report'));
  } finally {
    await system.stop();
  }
}
