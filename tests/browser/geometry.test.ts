import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { joinedRun, linkedRun } from './support/example-run.ts';
import { geometryOf } from './support/geometry.ts';
import { waitForRun } from './support/page.ts';
import { setStubStage } from './support/stub-stage.ts';

/** From the smallest phone to a projector. The scroll bars take up space, as on most desktops. */
const WIDTHS = [360, 390, 768, 900, 960, 1_024, 1_150, 1_280, 1_440, 1_920];
const RUN_B = 'b'.repeat(32);

const stage = setStubStage({ hasScrollbars: true });

test('everything is in its place at every width', async () => {
  const { traces, traceId, otherId, open } = stage;
  traces.set([...joinedRun(traceId), ...linkedRun(RUN_B, otherId)]);
  // The stubs have no order for run B, so its second trace is requested as a run of its own.
  const { page } = await open(`?a=${traceId}&b=${otherId}&document=off`);
  await waitForRun(page, 'a');
  await waitForRun(page, 'b');
  const problems: string[] = [];
  for (const width of WIDTHS)
    for (const problem of await problemsAt(page, width)) problems.push(`${width} pixels: ${problem}`);
  assert.deepEqual(problems, []);
});

/** Returns the layout problems at a width. */
async function problemsAt(page: Page, width: number): Promise<string[]> {
  const height = width < 700 ? 740 : 800;
  await page.setViewportSize({ width, height });
  await page.evaluate('scrollTo(0, 0)');
  const verdict = await page.locator('#slot-b .verdict').boundingBox();
  const verdictEndsAt = verdict ? verdict.y + verdict.height : Infinity;
  const { overlaps, cut, small, starts, pageWidth, screenWidth } = await geometryOf(page);
  const apart = starts.filter(([zero, bar]) => Math.abs(zero - bar) > 1);
  return [
    ...(verdictEndsAt > height ? [`the newest verdict ends at ${verdictEndsAt}`] : []),
    ...(pageWidth > screenWidth ? [`the page is ${pageWidth} wide`] : []),
    ...(starts.length === 2 ? [] : [`${starts.length} waterfalls`]),
    ...apart.map(([zero, bar]) => `0 is at ${zero}, the first bar at ${bar}`),
    ...overlaps.map((pair) => `one label lies on another: ${pair}`),
    ...cut.map((label) => `a label is cut or hidden: ${label}`),
    ...small.map((label) => `a label is under 11 pixels: ${label}`),
  ];
}
