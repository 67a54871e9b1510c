import { setTimeout as delay } from 'node:timers/promises';
import { context, ROOT_CONTEXT, trace, type SpanContext } from '@opentelemetry/api';
import {
  appendedAll,
  appendedOnce,
  ORDERS_COLLECTION,
  type OrderDocument,
  type ReportAttempt,
} from '@beyond-headers/contracts';
import { captureContext, documentCarrier, extractContext } from '@beyond-headers/propagation';
import type { Db } from 'mongodb';

/** More pods than a Job may have; the oldest are dropped beyond it. */
const MAX_KEPT = 50;
/** How long the work waits at most for what only the trace wants to know: as long as for any operation, connecting included. */
const ASK_TIMEOUT_MS = 1_500;

/** What identifies this attempt. */
export interface AttemptIdentity {
  /** The Job's uid, and of an Indexed Job the index: attempts of one series are tries of the same work. */
  series: string;
  pod: string;
}

/** What this attempt should know of those before it; empty when the order did not answer. */
export interface EarlierAttempts {
  /** This attempt's number, from 1. */
  number?: number;
  previous?: SpanContext;
}

/**
 * Asks the order which pods of the series started before. Outside any span: the answer decides on the links of the run's
 * span, so it has to be there first. Bounded, and never rejects: only the trace would miss it.
 */
export async function earlierAttempts(db: Db, orderId: string, series: string): Promise<EarlierAttempts> {
  try {
    const asked = context.with(ROOT_CONTEXT, () => attemptsOf(db, orderId, series));
    const late = delay(ASK_TIMEOUT_MS, undefined, { ref: false });
    const earlier = await Promise.race([asked, late]);
    return earlier ? afterThese(earlier) : {};
  } catch {
    return {};
  }
}

async function attemptsOf(db: Db, orderId: string, series: string): Promise<ReportAttempt[]> {
  const order = await orders(db).findOne({ _id: orderId }, { projection: { reportAttempts: 1 } });
  const attempts: unknown = order?.reportAttempts;
  // A document may hold anything here.
  return Array.isArray(attempts) ? attempts.filter((attempt) => attempt?.series === series) : [];
}

function afterThese(earlier: ReportAttempt[]): EarlierAttempts {
  const previous = trace.getSpanContext(extractContext(earlier.at(-1)?.context, documentCarrier));
  return { number: earlier.length + 1, ...(previous && { previous }) };
}

/**
 * Notes on the order that this attempt started, and in which trace. The note is written before the work, so that it is there even
 * when the pod is killed. So the next attempt can link back, and a trace of its own can be found from the order.
 */
export async function noteAttempt(
  db: Db,
  orderId: string,
  identity: AttemptIdentity,
  traceId: string,
): Promise<void> {
  const carried = captureContext();
  const attempt: ReportAttempt = { ...identity, at: new Date(), ...(carried && { context: carried }) };
  const changes = {
    reportAttempts: appendedAll('reportAttempts', [attempt], MAX_KEPT),
    ...(carried && { traceIds: appendedOnce('traceIds', traceId) }),
  };
  await orders(db).updateOne({ _id: orderId }, [{ $set: changes }]);
}

const orders = (db: Db) => db.collection<OrderDocument>(ORDERS_COLLECTION);
