import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setDemoStage } from './support/demo-stage.ts';
import { crossingIn, rowsIn, run, verdictIn } from './support/page.ts';

/** The effect of a setting on one request, on a local system. */
interface Waterfall {
  query: string;
  verdict: string;
  traces: number;
  document: string;
  job: string;
  /** What the cards of the document, the Job, and the pod show. By default, `carries`. */
  findings?: { document?: string; job?: string; pod?: string };
  /** Text in the explanation. */
  says?: RegExp;
}

const WATERFALLS: Waterfall[] = [
  { query: '', verdict: 'One trace', traces: 1, document: 'joined', job: 'joined' },
  {
    query: '?document=off',
    verdict: 'Two traces',
    traces: 2,
    document: 'cut',
    job: 'joined',
    findings: { document: 'nothing' },
    says: /carried no context: the poller/,
  },
  {
    query: '?job=off',
    verdict: 'Two traces',
    traces: 2,
    document: 'joined',
    job: 'cut',
    findings: { job: 'nothing', pod: 'nothing' },
    says: /carried no context: the pod/,
  },
  {
    query: '?document=off&job=off',
    verdict: 'Three traces',
    traces: 3,
    document: 'cut',
    job: 'cut',
    findings: { document: 'nothing', job: 'nothing', pod: 'nothing' },
  },
  { query: '?shape=link', verdict: 'Two traces, linked', traces: 2, document: 'linked', job: 'joined' },
  { query: '?shape=parent%2Blink', verdict: 'One trace', traces: 1, document: 'joined', job: 'joined' },
  {
    query: '?report=off',
    verdict: 'One trace',
    traces: 1,
    document: 'joined',
    job: 'not taken',
    findings: { job: 'unknown', pod: 'unknown' },
  },
  {
    query: '?document=stale',
    verdict: 'The wrong trace',
    traces: 2,
    document: 'foreign',
    job: 'joined',
    findings: { document: 'foreign' },
    says: /template that it was copied from/,
  },
  {
    query: '?document=early',
    verdict: 'The wrong parent',
    traces: 1,
    document: 'astray',
    job: 'joined',
    findings: { document: 'astray' },
    says: /before the span that sends/,
  },
  {
    query: '?document=text',
    verdict: 'Two traces',
    traces: 2,
    document: 'cut',
    job: 'joined',
    findings: { document: 'unread' },
    says: /as one string/,
  },
  {
    query: '?job=stale',
    verdict: 'The wrong trace',
    traces: 2,
    document: 'joined',
    job: 'foreign',
    findings: { job: 'foreign', pod: 'foreign' },
    says: /nothing replaced it/,
  },
  {
    query: '?job=twice',
    verdict: 'The wrong trace',
    traces: 2,
    document: 'joined',
    job: 'foreign',
    findings: { job: 'foreign', pod: 'foreign' },
    says: /was there twice/,
  },
  {
    query: '?job=early',
    verdict: 'The wrong parent',
    traces: 1,
    document: 'joined',
    job: 'astray',
    findings: { job: 'astray', pod: 'astray' },
    says: /before the span that launches/,
  },
  {
    query: '?job=lowercase',
    verdict: 'Two traces',
    traces: 2,
    document: 'joined',
    job: 'cut',
    findings: { job: 'unread', pod: 'unread' },
    says: /reads TRACEPARENT/,
  },
];

const stage = setDemoStage();

for (const { query, verdict, traces, document, job, findings = {}, says = /./ } of WATERFALLS) {
  test(`the address /${query} sets the switches and their waterfall`, async () => {
    const { page, problems } = await stage.open(query);
    await run(page, 'a');
    for (const carrier of ['document', 'job', 'pod'] as const)
      await page
        .locator(`#slot-a .card[data-carrier=${carrier}][data-finding=${findings[carrier] ?? 'carries'}]`)
        .waitFor();
    assert.equal(await verdictIn(page, 'a'), verdict);
    assert.equal((await rowsIn(page, 'a')).filter((row) => row === 'trace').length, traces);
    assert.equal(await crossingIn(page, 'a', 'document'), document);
    assert.equal(await crossingIn(page, 'a', 'job'), job);
    assert.match(await page.locator('#slot-a .explain').innerText(), says);
    assert.equal(await page.locator('#slot-a .note-orphan').count(), 0);
    assert.deepEqual(problems, []);
  });
}
