import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setDemoStage } from './support/demo-stage.ts';
import { crossingIn, rowsIn, run, verdictIn } from './support/page.ts';

/** How a hop is drawn, and what the card of its carrier shows. The card of the pod shows the same as that of the Job. */
type Hop = [crossing: string, finding: string];

/** The effect of a setting on one request, on a local system. A hop that isn't given is whole. */
interface Waterfall {
  query: string;
  verdict: string;
  traces: number;
  document?: Hop;
  job?: Hop;
  /** Text in the explanation. */
  says?: RegExp;
}

const WATERFALLS: Waterfall[] = [
  { query: '', verdict: 'One trace', traces: 1 },
  {
    query: '?document=off',
    verdict: 'Two traces',
    traces: 2,
    document: ['cut', 'nothing'],
    says: /carried no context: the poller/,
  },
  {
    query: '?job=off',
    verdict: 'Two traces',
    traces: 2,
    job: ['cut', 'nothing'],
    says: /carried no context: the pod/,
  },
  {
    query: '?document=off&job=off',
    verdict: 'Three traces',
    traces: 3,
    document: ['cut', 'nothing'],
    job: ['cut', 'nothing'],
  },
  { query: '?shape=link', verdict: 'Two traces, linked', traces: 2, document: ['linked', 'carries'] },
  { query: '?shape=parent%2Blink', verdict: 'One trace', traces: 1 },
  { query: '?report=off', verdict: 'One trace', traces: 1, job: ['not taken', 'unknown'] },
  {
    query: '?document=stale',
    verdict: 'The wrong trace',
    traces: 2,
    document: ['foreign', 'foreign'],
    says: /template that it was copied from/,
  },
  {
    query: '?document=early',
    verdict: 'The wrong parent',
    traces: 1,
    document: ['astray', 'astray'],
    says: /before the span that sends/,
  },
  {
    query: '?document=text',
    verdict: 'Two traces',
    traces: 2,
    document: ['cut', 'unread'],
    says: /as one string/,
  },
  {
    query: '?job=stale',
    verdict: 'The wrong trace',
    traces: 2,
    job: ['foreign', 'foreign'],
    says: /nothing replaced it/,
  },
  {
    query: '?job=twice',
    verdict: 'The wrong trace',
    traces: 2,
    job: ['foreign', 'foreign'],
    says: /was there twice/,
  },
  {
    query: '?job=early',
    verdict: 'The wrong parent',
    traces: 1,
    job: ['astray', 'astray'],
    says: /before the span that launches/,
  },
  {
    query: '?job=lowercase',
    verdict: 'Two traces',
    traces: 2,
    job: ['cut', 'unread'],
    says: /reads TRACEPARENT/,
  },
];

const WHOLE: Hop = ['joined', 'carries'];

const stage = setDemoStage();

for (const { query, verdict, traces, document = WHOLE, job = WHOLE, says = /./ } of WATERFALLS) {
  test(`the address /${query} sets the switches and their waterfall`, async () => {
    const { page, problems } = await stage.open(query);
    await run(page, 'a');
    for (const [carrier, [, finding]] of Object.entries({ document, job, pod: job }))
      await page.locator(`#slot-a .card[data-carrier=${carrier}][data-finding=${finding}]`).waitFor();
    assert.equal(await verdictIn(page, 'a'), verdict);
    assert.equal((await rowsIn(page, 'a')).filter((row) => row === 'trace').length, traces);
    assert.equal(await crossingIn(page, 'a', 'document'), document[0]);
    assert.equal(await crossingIn(page, 'a', 'job'), job[0]);
    assert.match(await page.locator('#slot-a .explain').innerText(), says);
    assert.equal(await page.locator('#slot-a .note-orphan').count(), 0);
    assert.deepEqual(problems, []);
  });
}
