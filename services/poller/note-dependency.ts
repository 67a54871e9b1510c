import { DependencyAway } from './dependency-away.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { Released } from './run-handler.ts';
import type { Worker } from './work.ts';

/** Takes from the ends of handlers whether what they call is there. */
export function noteDependency(
  held: readonly ClaimedOrder[],
  results: readonly PromiseSettledResult<void>[],
  { circuit, logger }: Worker,
): void {
  held.forEach(({ _id }, index) => {
    const result = results[index];
    const reason: unknown = result?.status === 'rejected' ? result.reason : undefined;
    const wasOpen = circuit.isOpen;
    if (reason instanceof DependencyAway) circuit.away(_id, reason.retryAfterMs);
    else if (reason instanceof Released) circuit.learnedNothing(_id);
    else circuit.there(_id);
    if (circuit.isOpen === wasOpen) return;
    if (wasOpen) logger.info('what orders need is back: those that waited for it go on');
    else
      logger.warn(
        { err: reason },
        'what orders need is away: they wait, one at a time finds out whether it is back',
      );
  });
}
