import {
  listOr,
  ORDERS_COLLECTION,
  REPORTS_COLLECTION,
  type OrderDocument,
  type ReportDocument,
} from '@beyond-headers/contracts';
import { isDuplicateKey } from '@beyond-headers/service-kit/mongo';
import type { Db } from 'mongodb';

/**
 * Sums up the orders of the customer who placed `orderId`, and writes the report under that id. Idempotent by key: a
 * second attempt doesn't change the first report.
 */
export async function writeReport(db: Db, orderId: string): Promise<ReportDocument> {
  const orders = db.collection<OrderDocument>(ORDERS_COLLECTION);
  const [summary] = await orders
    .aggregate<Omit<ReportDocument, '_id' | 'createdAt'>>(summaryOf(orderId))
    .toArray();
  if (!summary)
    throw new Error(
      `Failed to write the report: there is no order ${orderId}. Expected one in ${ORDERS_COLLECTION}.`,
    );
  const report: ReportDocument = { _id: orderId, ...summary, createdAt: new Date() };
  await insertOnce(db, report);
  return report;
}

/** Replaces NaN, Decimal128, and numbers that no order can have with 0, so that the sum contains only valid numbers. */
const numberOr0 = (value: string) => ({
  $cond: [
    {
      $and: [
        { $in: [{ $type: value }, ['int', 'long', 'double']] },
        { $gte: [value, 0] },
        { $lte: [value, MAX_NUMBER] },
      ],
    },
    value,
    0,
  ],
});

const MAX_NUMBER = 1e8;

/** A malformed document of the customer must not make the report fail. */
const TOTAL_OF_ORDER = {
  $sum: {
    $map: {
      input: listOr('all.items'),
      in: { $multiply: [numberOr0('$$this.quantity'), numberOr0('$$this.unitPriceCents')] },
    },
  },
};

/** Uses the index on `customer`, which the poller creates together with its own. */
function summaryOf(orderId: string) {
  return [
    { $match: { _id: orderId } },
    { $lookup: { from: ORDERS_COLLECTION, localField: 'customer', foreignField: 'customer', as: 'all' } },
    { $unwind: '$all' },
    // The order already includes the items of its parts.
    { $match: { 'all.part': { $exists: false } } },
    { $group: { _id: '$customer', orders: { $sum: 1 }, totalCents: { $sum: TOTAL_OF_ORDER } } },
    { $project: { _id: 0, customer: '$_id', orders: 1, totalCents: 1 } },
  ];
}

async function insertOnce(db: Db, report: ReportDocument): Promise<void> {
  try {
    await db.collection<ReportDocument>(REPORTS_COLLECTION).insertOne(report);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
