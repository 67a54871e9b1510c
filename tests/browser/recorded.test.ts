import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startLocalSystem } from '@beyond-headers/supervisor';
import { renderRecordedPage } from '../../services/playground/recorded/recorded-page.ts';
import type { Recording } from '../../services/playground/view/recording.ts';
import { record } from './screenshots/record.ts';
import { setBrowser } from './support/chromium.ts';
import { openPage, rowsIn, run, setSwitch, verdictIn, waitForRun } from './support/page.ts';

const stage = setBrowser();
let folder: string;
let whole: Recording;
let broken: Recording;
let url: string;

// Stops the system before the page opens, so that the page can only show recorded data.
before(async () => {
  const system = await startLocalSystem();
  try {
    whole = await record(system.urls.playground, {});
    broken = await record(system.urls.playground, { document: 'off' });
  } finally {
    await system.stop();
  }
  folder = await mkdtemp(join(tmpdir(), 'recorded-page-'));
  const file = join(folder, 'playground.html');
  await writeFile(file, renderRecordedPage([whole, broken]));
  url = pathToFileURL(file).href;
});

after(async () => {
  if (folder) await rm(folder, { recursive: true });
});

const spansOf = ({ updates }: Recording): number => updates.flatMap(({ update }) => update.spans).length;

test('a click plays back the run with its settings', async () => {
  const { page, problems } = await openPage(stage.browser, url);
  await run(page, 'a');
  assert.match(await verdictIn(page, 'a'), /One trace/);
  const rows = await rowsIn(page, 'a');
  assert.ok(
    rows.filter((name) => name !== 'trace' && name !== 'note').length >= spansOf(whole),
    rows.join(', '),
  );
  assert.ok((await page.locator('#slot-a .card').count()) > 0, 'the carriers are shown');

  await setSwitch(page, 'document', false);
  await page.click('#run');
  await waitForRun(page, 'b');
  assert.match(await verdictIn(page, 'b'), /Two/);
  assert.deepEqual(problems, []);
});

test('settings without a recording are named', async () => {
  const { page, problems } = await openPage(stage.browser, url);
  await setSwitch(page, 'job', false);
  await page.click('#run');
  await page.waitForSelector('#notice:not([hidden])');
  assert.match(await page.locator('#notice').innerText(), /Job carrier off.*was recorded/);
  assert.deepEqual(problems, []);
});

test('a recorded run is shown from the list, whole', async () => {
  const { page } = await openPage(stage.browser, url);
  await page.locator('#recent button').first().click();
  await waitForRun(page, 'a', 2_000);
  assert.match(await verdictIn(page, 'a'), /One trace/);
});

test('the page from a file asks nothing and leads nowhere', async () => {
  const context = await stage.browser.newContext();
  const asked: string[] = [];
  const recorded = await context.newPage();
  recorded.on('request', (request) => void asked.push(request.url()));
  await recorded.goto(url);
  await run(recorded, 'a');
  assert.deepEqual(
    asked.filter((address) => address !== url && !address.startsWith('data:')),
    [],
  );
  for (const link of await recorded.locator('a').all())
    assert.equal(await link.isVisible(), false, (await link.getAttribute('href')) ?? '');
});
