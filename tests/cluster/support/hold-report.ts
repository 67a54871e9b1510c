import { until } from '../../support/until.ts';
import type { ClusterSystem } from './system.ts';

export interface HeldReport {
  /** The name of the pod that works on the order, once one does. */
  workingPod(): Promise<string>;
  release(): Promise<void>;
}

/**
 * Keeps the job in the middle of its work: a transaction that is not ended has inserted the same report, and another insert
 * of that key waits for it.
 */
export async function holdReport(
  { client, orders, reports }: ClusterSystem,
  orderId: string,
): Promise<HeldReport> {
  const session = client.startSession();
  session.startTransaction();
  const report = { _id: orderId, customer: '', orders: 0, totalCents: 0, createdAt: new Date() };
  await reports.insertOne(report, { session });
  return {
    workingPod: async () => {
      const order = await until(
        () => orders.findOne({ _id: orderId }),
        (found) => found?.reportAttempts?.length,
        { deadlineMs: 30_000 },
      );
      return order?.reportAttempts?.[0]?.pod ?? '';
    },
    release: async () => {
      await session.abortTransaction();
      await session.endSession();
    },
  };
}
