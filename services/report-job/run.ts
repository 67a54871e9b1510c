import { SpanKind } from '@opentelemetry/api';
import { ATTR, ORDERS_COLLECTION, SPAN, type OrderDocument } from '@beyond-headers/contracts';
import type { Logger } from '@beyond-headers/service-kit/logger';
import { inSpan } from '@beyond-headers/telemetry';
import type { Db } from 'mongodb';
import { writeReport } from './report.ts';

/** The whole job, as one CONSUMER span. Where it hangs in the trace is none of its business: telemetry extracted that. */
export async function runReportJob(db: Db, orderId: string, logger: Logger): Promise<void> {
  await inSpan(
    SPAN.runReportJob,
    { kind: SpanKind.CONSUMER, attributes: { [ATTR.orderId]: orderId } },
    async (span) => {
      const report = await writeReport(db, orderId);
      const { traceId } = span.spanContext();
      // With the carrier off this is a trace of its own, which nobody would find without a note on the order.
      await db
        .collection<OrderDocument>(ORDERS_COLLECTION)
        .updateOne({ _id: orderId }, { $addToSet: { traceIds: traceId } });
      span.setAttribute(ATTR.processExitCode, 0);
      logger.info({ orderId, orders: report.orders, totalCents: report.totalCents }, 'report written');
    },
  );
}
