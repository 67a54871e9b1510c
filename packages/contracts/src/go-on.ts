import type { DocumentContext } from '@beyond-headers/propagation';
import { appendedAll, appendedOnce } from './expressions.ts';
import { ofSteps } from './order-status.ts';

/** As many links as the SDK keeps on a span. */
const MAX_CAUSES = 128;

/** Who lets an order go on: its span, to be linked from the next segment, and its trace. */
export interface Cause {
  context: DocumentContext | undefined;
  traceId: string | undefined;
}

/**
 * The changes that let a parked order go on: for a `$set` of an aggregation pipeline, together with the status that is expected in
 * the filter and with whatever else the caller changes. The next claim takes the order.
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
