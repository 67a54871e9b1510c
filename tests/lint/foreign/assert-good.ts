import assert from 'node:assert/strict';
import { score, type Verdict } from './labels.ts';

/** Fails if lint finds too little of what the labels expect, or too much else. */
export function assertGood(verdicts: readonly Verdict[]): void {
  const { precision, recall } = score(verdicts);
  assert.ok(precision >= 0.95, `precision ${precision}`);
  assert.ok(recall >= 0.95, `recall ${recall}`);
}
