import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderSwitches } from '@beyond-headers/contracts';
import { z } from 'zod';
import {
  brokenOnPurpose,
  DEFAULT_SETTINGS,
  settingsFromQuery,
  settingsToQuery,
  pitfallOf,
  withoutConflict,
} from './settings.ts';
import { SWITCHES, type Switch, type SwitchName } from './switches.ts';

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

test('a pitfall is said by its chip', () => {
  const settings = { ...DEFAULT_SETTINGS, document: 'stale', job: 'twice' } as const;
  assert.deepEqual(brokenOnPurpose(settings), ['document: stale context', 'Job: variable twice']);
  assert.equal(pitfallOf('document', 'off'), undefined);
  assert.equal(pitfallOf('job', '__proto__'), undefined);
});

test('what is of no effect is not said', () => {
  assert.deepEqual(brokenOnPurpose({ ...DEFAULT_SETTINGS, segment: 'approver', join: 'part' }), []);
  const both = { ...DEFAULT_SETTINGS, approval: 1, segment: 'approver', parts: 3, join: 'part' } as const;
  assert.deepEqual(brokenOnPurpose(both), ['1 approval', 'approver as parent', '3 parts', 'part as parent']);
});

test('a recurring order has no report and no parts', () => {
  const recurring = { ...DEFAULT_SETTINGS, report: false, runs: 2 };
  assert.deepEqual(settingsFromQuery(new URLSearchParams('runs=2&parts=3')), recurring);
  assert.deepEqual(withoutConflict({ ...recurring, report: true }, 'report'), DEFAULT_SETTINGS);
  assert.deepEqual(withoutConflict({ ...recurring, report: true }, 'runs'), recurring);
});

test('a number that the page does not offer may be asked for', () => {
  assert.equal(settingsFromQuery(new URLSearchParams('handlerMs=1234')).handlerMs, 1_234);
  assert.deepEqual(brokenOnPurpose({ ...DEFAULT_SETTINGS, failTimes: 3, handlerMs: 1_234, orders: 7 }), [
    'fails 3×',
    'slow by 1234 ms',
    '7 orders',
  ]);
});

test('the page offers what the contract allows', () => {
  const demo = Object.entries<Switch>(SWITCHES).filter(([, { isDemo }]) => isDemo);
  assert.deepEqual(
    demo.map(([name]) => name),
    Object.keys(orderSwitches.shape),
  );
  for (const [name, each] of demo) {
    const schema = orderSwitches.shape[name as keyof typeof orderSwitches.shape].unwrap();
    const isAllowed = (value: unknown) => schema.safeParse(value).success;
    const [plain, ...others] = each.options.map(({ value }) => value);
    assert.ok(others.every(isAllowed), `${name}: ${others.join(', ')}`);
    // The plain value is left out of the order, so the contract need not allow it.
    assert.equal(plain, DEFAULT_SETTINGS[name as SwitchName]);
    if (each.range) assert.ok(isAllowed(each.range.max) && !isAllowed(each.range.max + 1), name);
    else if (schema instanceof z.ZodEnum)
      assert.deepEqual(new Set(others), new Set(schema.options.filter((value) => value !== plain)), name);
  }
});
