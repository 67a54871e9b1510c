import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import type { Span } from '@beyond-headers/traces';
import { placeOrder } from '../../../services/writer/place-order.ts';
import { attemptsIn, linksOf, spanIdOf } from '../../support/order-spans.ts';
import { ORDER } from '../../support/writer.ts';
import { reachesTrace } from '../support/delivered-spans.ts';
import { isLong, startFaultSystem } from '../support/fault-system.ts';
import { killAtRandom, lostLeases } from '../support/kill-at-random.ts';

const ORDERS = isLong ? 100 : 20;
const KILLS = isLong ? 20 : 3;
const TIMES = isLong ? 10 : 3;
const POLLERS = 3;
const HANDLER_MS = 300;
const DEADLINE_MS = isLong ? 600_000 : 120_000;

const system = await startFaultSystem();
after(() => system.stop());

test(
  `${KILLS} kills -9 count none of ${TIMES} runs of ${ORDERS} orders twice`,
  { timeout: DEADLINE_MS },
  async (context) => {
    const pollers = await Promise.all(Array.from({ length: POLLERS }, startPoller));
    await Promise.all(Array.from({ length: ORDERS }, place));
    const killed = await killAtRandom(KILLS, { running: pollers, start: startPoller });
    await system.allFulfilled(ORDERS, DEADLINE_MS);

    const orders = await system.orders.find().toArray();
    const lost = lostLeases(orders, killed).ofKilled.length;
    context.diagnostic(`${orders.length} orders, ${lost} lost attempts`);
    for (const order of orders) await hasExactRuns(order);
  },
);

const startPoller = () => system.poller({ DEMO_CONTROLS: 'on', CONCURRENCY: '8' });

async function place(): Promise<void> {
  const body = {
    ...ORDER,
    every: { seconds: 1, times: TIMES },
    demo: { handlerMs: HANDLER_MS },
  };
  await placeOrder(system.orders, body, { finish: (order) => order });
}

/** Asserts that each run counts once, in its own trace, which links to the span that placed the order and to the previous run. */
async function hasExactRuns({ _id, context, history = [], runs, traceIds }: OrderDocument): Promise<void> {
  const ended = history.filter(({ outcome }) => outcome === 'scheduled');
  assert.equal(runs, TIMES - 1, `runs of ${_id}`);
  assert.equal(new Set(ended.map(({ token }) => token)).size, TIMES - 1, `runs in the history of ${_id}`);
  assert.equal(traceIds.length, 1 + TIMES, `traces of ${_id}`);
  const sent = spanIdOf(context);
  const found = await Promise.all(traceIds.slice(1).map(readRun));
  for (const [index, run] of found.entries()) {
    assert.deepEqual([run.attributes['demo.run'], run.parentSpanId], [index + 1, undefined], `run of ${_id}`);
    const before = index === 0 ? [] : [spanIdOf(ended[index - 1]?.context)];
    // If an attempt was killed, a link to it follows these.
    assert.deepEqual(linksOf(run)?.slice(0, 1 + before.length), [sent, ...before]);
  }
}

/** Returns the only attempt in a trace. The spans of a killed process are in the journal, which the next process sends. */
async function readRun(traceId: string): Promise<Span> {
  const attempts = attemptsIn(await reachesTrace(traceId, assertAttempt));
  assert.equal(attempts.length, 1, `attempts in trace ${traceId}`);
  return attempts[0]!;
}

const assertAttempt = (spans: Span[]) => assert.ok(attemptsIn(spans).length > 0, 'an attempt');
