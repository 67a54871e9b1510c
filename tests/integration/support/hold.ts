import assert from 'node:assert/strict';
import type { DecidedOrder, DecideOrder, PlacedOrder } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import request, { type Test } from 'supertest';
import { createWriterApp } from '../../../services/writer/app.ts';
import { writerDemo } from '../../../services/writer/demo/writer-demo.ts';
import { traces } from './preload.ts';
import { ORDER, startQueueTest, type QueueTest } from './queue.ts';

type Writer = ReturnType<typeof createWriterApp>;

/** A queue, and a writer that accepts approvals for its orders. */
export interface HoldTest {
  system: QueueTest;
  writer: Writer;
  place: (approval?: boolean | number) => Promise<Required<PlacedOrder>>;
  decide: (id: string, body?: object) => Test;
  /** Approves an order once it is held. Returns the id of the approval's trace. */
  approve: (id: string, more?: Omit<DecideOrder, 'decision'>) => Promise<string>;
}

/** @param demo whether the writer accepts the demo's switches */
export async function startHoldTest(name: string, { demo = true } = {}): Promise<HoldTest> {
  const system = await startQueueTest(name);
  const writer = createWriterApp({
    orders: system.orders,
    tracesUrl: 'http://traces',
    logger: createLogger('test', 'silent'),
    ping: async () => {},
    ...(demo && writerDemo(system.orders)),
  });
  const decide = (id: string, body: object = { decision: 'approve' }) =>
    request(writer).post(`/orders/${id}/approval`).send(body);
  return {
    system,
    writer,
    decide,
    place: async (approval = true) => {
      const order = { ...ORDER, approval };
      const { body } = await request(writer).post('/orders').send(order).expect(202);
      return body as Required<PlacedOrder>;
    },
    approve: async (id, more = {}) => {
      await system.reaches(id, 'held');
      const { body } = await decide(id, { decision: 'approve', ...more }).expect(200);
      return (body as Required<DecidedOrder>).traceId;
    },
  };
}

export const fulfil = async (): Promise<void> => {};

export const attemptOf = (spans: Span[]): Span => spans.find(({ name }) => name === 'process orders')!;

/** Returns the approval's span from the trace of its request. */
export async function approvalOf(traceId: string): Promise<Span> {
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) =>
    assert.ok(found.some(({ name }) => name === 'approve orders')),
  );
  return spans.find(({ name }) => name === 'approve orders')!;
}

export const linksOf = (span: Span | undefined): string[] | undefined =>
  span?.links.map(({ spanId }) => spanId);
