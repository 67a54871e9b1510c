import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Deliveries } from '../src/deliveries.ts';

/** Returns a recorder of how attempts end. */
function noting() {
  const ended: string[] = [];
  return {
    ended,
    as: (attempt: string) => (error?: Error | null) => void ended.push(`${attempt} ${error?.name}`),
  };
}

describe('Deliveries', () => {
  it('should end an attempt once', () => {
    const [deliveries, { ended, as }] = [new Deliveries(), noting()];
    deliveries.begin('message', 'token', 30_000, as('first'));
    deliveries.settle('token');
    deliveries.settle('token', new RangeError('too late'));
    deliveries.endOf('message');
    assert.deepEqual(ended, ['first undefined']);
  });

  it('should end an attempt whose message is given out again', () => {
    const [deliveries, { ended, as }] = [new Deliveries(), noting()];
    deliveries.begin('message', 'token', 30_000, as('first'));
    deliveries.endOf('message');
    assert.deepEqual(ended, ['first VisibilityTimeout']);
    deliveries.begin('message', 'token 2', 30_000, as('second'));
    deliveries.settle('token');
    deliveries.settle('token 2');
    assert.deepEqual(ended, ['first VisibilityTimeout', 'second undefined']);
  });

  it('should end an attempt when its time is up', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const [deliveries, { ended, as }] = [new Deliveries(), noting()];
    deliveries.begin('message', 'token', 100, as('first'));
    t.mock.timers.tick(99);
    assert.deepEqual(ended, []);
    t.mock.timers.tick(1);
    assert.deepEqual(ended, ['first VisibilityTimeout']);
  });
});
