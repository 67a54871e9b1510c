import { context, SpanKind, type Span } from '@opentelemetry/api';
import { ATTR, SPAN } from '@beyond-headers/contracts';
import { startFrom } from '@beyond-headers/propagation';
import type { Logger } from '@beyond-headers/service-kit/logger';
import { inSpan } from '@beyond-headers/telemetry';
import type { Db } from 'mongodb';
import { earlierAttempts, noteAttempt, type AttemptIdentity } from './attempts.ts';
import { writeReport } from './report.ts';

export interface RunOptions {
  db: Db;
  orderId: string;
  identity: AttemptIdentity;
  /** Which part of an Indexed Job this is. */
  completionIndex?: number | undefined;
  /** Called when the attempt is noted and the work is still to begin, within its span. */
  beforeWork?: () => void;
  /** What the environment carried, as attributes of the span. */
  carried?: Record<string, string>;
  /** Called when the work is over, within its span. */
  ended?: () => void;
  logger: Logger;
}

/** The whole job, as one CONSUMER span: under what the Job carried, linked to the attempt before it. */
export async function runReportJob(options: RunOptions): Promise<void> {
  const { db, orderId, identity, completionIndex, carried, ended } = options;
  const { number, previous } = await earlierAttempts(db, orderId, identity.series);
  const start = startFrom({ shape: 'parent', carried: context.active(), previousAttempt: previous });
  const attributes = {
    ...carried,
    [ATTR.orderId]: orderId,
    ...(number !== undefined && { [ATTR.attempt]: number }),
    ...(completionIndex !== undefined && { [ATTR.completionIndex]: completionIndex }),
  };
  await inSpan(SPAN.runReportJob, { kind: SpanKind.CONSUMER, attributes, ...start }, (span) =>
    work(span, options).finally(ended),
  );
}

async function work(span: Span, { db, orderId, identity, beforeWork, logger }: RunOptions): Promise<void> {
  await noteAttempt(db, orderId, identity, span.spanContext().traceId);
  beforeWork?.();
  const report = await writeReport(db, orderId);
  span.setAttribute(ATTR.processExitCode, 0);
  logger.info({ orderId, orders: report.orders, totalCents: report.totalCents }, 'report written');
}
