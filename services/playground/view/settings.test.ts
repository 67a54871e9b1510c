import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoSwitches } from '@beyond-headers/contracts';
import { CHOICES, trapOf } from './choices.ts';
import { brokenOnPurpose, DEFAULT_SETTINGS, settingsFromQuery, settingsToQuery } from './settings.ts';

test('settings come back from the address they were written to', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    report: false,
    orders: 5,
    shape: 'link' as const,
    failTimes: 2,
    document: 'off' as const,
  };
  assert.deepEqual(settingsFromQuery(settingsToQuery(settings)), settings);
  assert.equal(settingsToQuery(DEFAULT_SETTINGS).toString(), '');
});

test('what an address may not ask for is the default', () => {
  const query = new URLSearchParams('orders=99999&document=maybe&shape=__proto__&failTimes=-1&handlerMs=1e9');
  assert.deepEqual(settingsFromQuery(query), DEFAULT_SETTINGS);
});

test('what is broken is said in words', () => {
  assert.deepEqual(brokenOnPurpose(DEFAULT_SETTINGS), []);
  assert.deepEqual(brokenOnPurpose({ ...DEFAULT_SETTINGS, document: 'off', report: false, job: 'off' }), [
    'document carrier off',
    'no report',
  ]);
});

test('a trap is said by its chip', () => {
  const settings = { ...DEFAULT_SETTINGS, document: 'stale', job: 'twice' } as const;
  assert.deepEqual(brokenOnPurpose(settings), ['document: stale context', 'Job: variable twice']);
  assert.equal(trapOf('document', 'off'), undefined);
  assert.equal(trapOf('job', '__proto__'), undefined);
});

test('the page offers what the contract allows', () => {
  const { document, job, shape, jobFault } = demoSwitches.shape;
  assert.deepEqual(CHOICES.document, document.unwrap().options);
  assert.deepEqual(CHOICES.job, job.unwrap().options);
  assert.deepEqual(CHOICES.shape, shape.unwrap().options);
  assert.deepEqual(CHOICES.jobFault, ['none', ...jobFault.unwrap().options]);
});
