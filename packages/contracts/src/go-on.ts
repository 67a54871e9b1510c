import type { DocumentContext } from '@beyond-headers/propagation';
import { appendedAll, appendedOnce } from './expressions.ts';
import { ofSteps } from './order-status.ts';

/** As many links as the SDK keeps on a span. */
const MAX_CAUSES = 128;

/** What lets an order go on: its span, which the next segment links to, and its trace. */
export interface Cause {
  context: DocumentContext | undefined;
  traceId: string | undefined;
}

/**
 * The changes that let a parked order go on. Put them into a `$set` of an aggregation pipeline, beside whatever else you change, with
 * the expected status in the filter. The next claim takes the order.
 */
export const goOn = ({ context, traceId }: Cause): Record<string, unknown> => ({
  ...goOnAfter(context ? [context] : []),
  traceIds: appendedOnce('traceIds', traceId),
});

/** The same for an order that several spans let go on, whose traces are not its own. */
export const goOnAfter = (causes: readonly DocumentContext[]): Record<string, unknown> => ({
  status: ofSteps('pending'),
  availableAt: '$$NOW',
  'pause.until': '$$NOW',
  ...(causes.length > 0 && { 'pause.causes': appendedAll('pause.causes', causes, MAX_CAUSES) }),
});
