import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { findingsIn, playShop, traces } from '@beyond-headers/instrumentation-queue-common/testing';
import { startMongod } from '@beyond-headers/local-mongod';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const EXPECTED = join(FIXTURES, 'joined.yaml');

const mongod = await startMongod();
after(() => mongod.close());

/** Runs a shop that sends a job, and a worker that runs it twice, each in its own process. */
const playIn = (t: TestContext, extension: 'mjs' | 'cjs', env?: Record<string, string>) =>
  playShop(t, { fixtures: FIXTURES, mongod, extension, env });

describe('AgendaInstrumentation in processes of their own', () => {
  for (const [how, extension] of [
    ['imported', 'mjs'],
    ['required', 'cjs'],
  ] as const) {
    it(`should join both attempts when agenda is ${how}`, async (t) => {
      const spansFile = await playIn(t, extension);
      const asserted = await traces('assert', '--file', spansFile, '--expect', EXPECTED);
      assert.equal(asserted.code, 0, asserted.error);
      const linted = await traces('lint', '--file', spansFile, '--fail-on', 'info', '--format', 'json');
      assert.deepEqual(findingsIn(linted.out), []);
      assert.equal(linted.code, 0, linted.error);
    });
  }

  it('should leave the hop that lint names when nothing is carried', async (t) => {
    const spansFile = await playIn(t, 'mjs', { OTEL_PROPAGATORS: 'none' });
    const { code, out } = await traces('lint', '--file', spansFile, '--format', 'json');
    assert.equal(code, 1);
    // Only one finding for all attempts at the job.
    const lost = ['lost-context', 'certain', 'shop send receipt', 'worker process receipt'];
    assert.deepEqual(findingsIn(out), [lost]);
  });
});
