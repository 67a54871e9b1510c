import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertJoined, assertLost, openShop } from '@beyond-headers/instrumentation-queue-common/testing';

const FIXTURES = join(import.meta.dirname, 'fixtures');
/** A shop that adds three messages, and a worker that gets one of them twice, each in its own process. */
const play = await openShop(FIXTURES);

describe('MongoDBQueueInstrumentation in processes of their own', () => {
  it('should join all attempts when mongodb-queue is imported', async (t) => {
    await assertJoined(await play(t, 'mjs'), FIXTURES);
  });

  it('should join all attempts when mongodb-queue is required', async (t) => {
    await assertJoined(await play(t, 'cjs'), FIXTURES);
  });

  it('should leave the hop that lint names when nothing is carried', async (t) => {
    // Only one finding for each message, regardless of its number of attempts.
    await assertLost(await play(t, 'mjs', { OTEL_PROPAGATORS: 'none' }), [
      ['shop create receipts', 'worker process receipts'],
      ['shop create receipts', 'worker process receipts'],
      ['shop send receipts', 'worker process receipts'],
    ]);
  });
});
