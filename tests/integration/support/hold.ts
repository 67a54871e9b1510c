import type { DecidedOrder, DecideOrder, PlacedOrder } from '@beyond-headers/contracts';
import type { Span } from '@beyond-headers/traces';
import request, { type Test } from 'supertest';
import { writerDemo } from '../../../services/writer/demo/writer-demo.ts';
import { readSpan } from './read-spans.ts';
import { ORDER, startQueueTest, type QueueTest } from './queue.ts';

/** A queue, and a writer that accepts approvals for its orders. */
export interface HoldTest {
  system: QueueTest;
  writer: ReturnType<QueueTest['writer']>;
  place: (approval?: boolean | number) => Promise<Required<PlacedOrder>>;
  decide: (id: string, body?: object) => Test;
  /** Approves an order once it is held. Returns the id of the approval's trace. */
  approve: (id: string, more?: Omit<DecideOrder, 'decision'>) => Promise<string>;
}

/** @param demo whether the writer accepts the demo's switches */
export async function startHoldTest(name: string, { demo = true } = {}): Promise<HoldTest> {
  const system = await startQueueTest(name);
  const writer = system.writer(demo ? writerDemo(system.orders) : {});
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

/** Returns the approval's span from the trace of its request. */
export const approvalOf = (traceId: string): Promise<Span> => readSpan(traceId, 'approve orders');
