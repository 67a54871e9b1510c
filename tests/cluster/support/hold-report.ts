import { until } from '../../support/until.ts';
import type { ClusterSystem } from './system.ts';

export interface HeldReport {
  /** Waits until a pod works on the order, and returns its name. */
  workingPod(): Promise<string>;
  release(): Promise<void>;
}

/**
 * Blocks the job in the middle of its work. An open transaction has inserted the same report, and the job's insert of that key waits for
 * it.
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
