import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { play, traces } from '@beyond-headers/instrumentation-queue-common/testing';
import { startMongod } from '@beyond-headers/local-mongod';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const EXPECTED = join(FIXTURES, 'joined.yaml');

const mongod = await startMongod();
after(() => mongod.close());

/** Runs a shop that sends a job, and a worker that runs it twice, each in its own process. */
function playShop(t: TestContext, extension: 'mjs' | 'cjs', env: Record<string, string> = {}) {
  const database = t.name.replaceAll(/\W+/g, '_');
  return play(t, {
    preload: join(FIXTURES, 'register.mjs'),
    programs: [
      { service: 'shop', file: join(FIXTURES, `order.${extension}`) },
      { service: 'worker', file: join(FIXTURES, `work.${extension}`) },
    ],
    env: { MONGODB_URI: mongod.uri.replace('/?', `/${database}?`), ...env },
  });
}

describe('AgendaInstrumentation in processes of their own', () => {
  for (const [how, extension] of [
    ['imported', 'mjs'],
    ['required', 'cjs'],
  ] as const) {
    it(`should join both attempts when agenda is ${how}`, async (t) => {
      const { spansFile } = await playShop(t, extension);
      const asserted = await traces('assert', '--file', spansFile, '--expect', EXPECTED);
      assert.equal(asserted.code, 0, asserted.error);
      const linted = await traces('lint', '--file', spansFile, '--fail-on', 'info', '--format', 'json');
      assert.deepEqual(JSON.parse(linted.out).findings, []);
      assert.equal(linted.code, 0, linted.error);
    });
  }

  it('should leave the hop that lint names when nothing is carried', async (t) => {
    const { spansFile } = await playShop(t, 'mjs', { OTEL_PROPAGATORS: 'none' });
    const { code, out } = await traces('lint', '--file', spansFile, '--format', 'json');
    assert.equal(code, 1);
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    // Only one finding for all attempts at the job.
    assert.deepEqual(
      findings.map(({ rule, certainty, from, to }) => [rule, certainty, nameOf(from), nameOf(to)]),
      [['lost-context', 'certain', 'shop send receipt', 'worker process receipt']],
    );
  });
});

interface Named {
  service: string;
  name: string;
}

interface Finding {
  rule: string;
  certainty: string;
  from: Named;
  to: Named;
}

const nameOf = ({ service, name }: Named): string => `${service} ${name}`;
