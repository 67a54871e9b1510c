import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJobOver, isOrderOver } from './run.ts';

test('orders and Jobs are over in each final state', () => {
  for (const status of ['fulfilled', 'failed', 'rejected', 'cancelled'])
    assert.ok(isOrderOver({ status, attempts: 1 }), status);
  for (const status of ['pending', 'processing', 'held', 'waiting'])
    assert.ok(!isOrderOver({ status, attempts: 1 }), status);
  for (const phase of ['succeeded', 'failed', 'unknown'])
    assert.ok(isJobOver({ phase, failedAttempts: 0 }), phase);
  for (const phase of ['pending', 'running']) assert.ok(!isJobOver({ phase, failedAttempts: 0 }), phase);
});
