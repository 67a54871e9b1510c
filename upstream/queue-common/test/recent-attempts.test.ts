import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SpanContext } from '@opentelemetry/api';
import { RecentAttempts } from '../src/index.ts';

const attempt = (spanId: string): SpanContext => ({ traceId: '0'.repeat(32), spanId, traceFlags: 1 });

describe('RecentAttempts', () => {
  it('should give the last attempt of a message once', () => {
    const attempts = new RecentAttempts();
    attempts.remember('a', attempt('1'));
    attempts.remember('a', attempt('2'));
    assert.equal(attempts.take('a')?.spanId, '2');
    assert.equal(attempts.take('a'), undefined);
  });

  it('should forget the oldest beyond its bound', () => {
    const attempts = new RecentAttempts(2);
    attempts.remember('a', attempt('1'));
    attempts.remember('b', attempt('2'));
    attempts.remember('a', attempt('3'));
    attempts.remember('c', attempt('4'));
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => attempts.take(id)?.spanId),
      ['3', undefined, '4'],
    );
  });
});
