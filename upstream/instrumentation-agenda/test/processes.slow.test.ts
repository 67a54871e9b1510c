import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertJoined, assertLost, openShop } from '@beyond-headers/instrumentation-queue-common/testing';

const FIXTURES = join(import.meta.dirname, 'fixtures');
/** A shop that sends a job, and a worker that runs it twice, each in its own process. */
const play = await openShop(FIXTURES);

describe('AgendaInstrumentation in processes of their own', () => {
  it('should join both attempts when agenda is imported', async (t) => {
    await assertJoined(await play(t, 'mjs'), FIXTURES);
  });

  it('should join both attempts when agenda is required', async (t) => {
    await assertJoined(await play(t, 'cjs'), FIXTURES);
  });

  it('should leave the hop that lint names when nothing is carried', async (t) => {
    // Only one finding for all attempts at the job.
    await assertLost(await play(t, 'mjs', { OTEL_PROPAGATORS: 'none' }), [
      ['shop send receipt', 'worker process receipt'],
    ]);
  });
});
