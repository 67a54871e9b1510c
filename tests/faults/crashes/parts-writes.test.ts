import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startFaultSystem } from '../support/fault-system.ts';
import { reachesWhole } from '../support/parts-tree.ts';

/* A crash may come between any two writes to an order with parts, or to one of its parts. */

const KILLING = { main: fileURLToPath(new URL('../support/kill-at-write.ts', import.meta.url)) };
const PARTS = 3;

/** The writes, each with a regular expression that matches only its arguments. */
const WRITES: Record<string, string> = {
  'the claim of the order': 'availableSince',
  'the parts': '\\$replaceWith',
  'that the parts are written': '"\\$literal":"parts"',
  'the stop of the order': '"reason":"parts"',
  'the end of a part': 'endedAt',
  'that the order goes on': 'failedParts',
  'the end of the order': '^(?!.*endedAt).*"\\$literal":"fulfil"',
};

const system = await startFaultSystem();
after(() => system.stop());

for (const [write, matching] of Object.entries(WRITES)) {
  test(`a poller that is killed after it wrote ${write} loses and doubles nothing`, async () => {
    const killed = await system.poller({ KILL_AT: `after:${matching}`, CONCURRENCY: '1' }, KILLING);
    const id = await system.place({ parts: PARTS });
    assert.equal(await killed.ended, 'SIGKILL');
    const poller = await system.poller();
    await reachesWhole(system, await system.fulfilled(id, 30_000));
    await poller.stop();
  });
}
