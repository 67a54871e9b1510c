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

/** More than the pods that a Job may have. Beyond it, the oldest records are dropped. */
const MAX_KEPT = 50;
/** How long the work waits for data that only the trace needs, including the time to connect. */
const ASK_TIMEOUT_MS = 1_500;

/** What identifies this attempt. */
export interface AttemptIdentity {
  /** The Job's uid, and the index in an Indexed Job: attempts of one series do the same work. */
  series: string;
  pod: string;
}

/** What this attempt knows about earlier ones; empty if the order couldn't be read. */
export interface EarlierAttempts {
  /** This attempt's number, from 1. */
  number?: number;
  previous?: SpanContext;
}

/**
 * Reads from the order which attempts of the series started before. Runs outside any span, because the run's span can start
 * only after it has its links. Takes a limited time, and never rejects, because only the trace needs the result.
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
 * Records in the order that this attempt started, and in which trace. The record is written before the work, so that it exists even if
 * the pod is killed. So the next attempt can link to this one, and a separate trace can be found from the order.
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
