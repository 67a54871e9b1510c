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
  /** The pod's completion index in an Indexed Job. */
  completionIndex?: number | undefined;
  /** Called after the attempt is recorded and before the work begins, within the span of the run. */
  beforeWork?: () => void;
  /** The context in the environment, as attributes of the span. */
  carried?: Record<string, string>;
  /** Called after the work has ended, within the span of the run. */
  ended?: () => void;
  logger: Logger;
}

/** Runs the job in one CONSUMER span: by default a child of the span that the Job carries, with a link to the previous attempt. */
export async function runReportJob(options: RunOptions): Promise<void> {
  const { db, orderId, identity, completionIndex, carried, ended } = options;
  const { number, previous } = await earlierAttempts(db, orderId, identity.series);
  const start = startFrom({ shape: 'parent', carried: context.active(), previousAttempt: previous });
  const attributes = {
    ...carried,
    [ATTR.orderId]: orderId,
    [ATTR.attempt]: number,
    [ATTR.completionIndex]: completionIndex,
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
