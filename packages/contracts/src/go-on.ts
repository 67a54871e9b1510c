import type { DocumentContext } from '@beyond-headers/propagation';
import { appendedAll, appendedOnce } from './expressions.ts';
import { ofSteps } from './order-status.ts';

/** The maximum number of links that the SDK keeps for a span. */
const MAX_CAUSES = 128;

/** The cause that lets an order resume: its span, to which the next segment links, and its trace. */
interface Cause {
  context: DocumentContext | undefined;
  traceId: string | undefined;
}

/**
 * Returns the changes that let a parked order resume. Add them to a `$set` in an aggregation pipeline, with the expected status
 * in the filter. The next claim then takes the order.
 */
export const goOn = ({ context, traceId }: Cause): Record<string, unknown> => ({
  ...goOnAfter(context ? [context] : []),
  traceIds: appendedOnce('traceIds', traceId),
});

/** Returns these changes for an order with several causes, whose traces aren't added to the order's traces. */
export const goOnAfter = (causes: readonly DocumentContext[]): Record<string, unknown> => ({
  status: ofSteps('pending'),
  availableAt: '$$NOW',
  'pause.until': '$$NOW',
  ...(causes.length > 0 && { 'pause.causes': appendedAll('pause.causes', causes, MAX_CAUSES) }),
});
