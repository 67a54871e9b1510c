import { approvalsLeft } from '@beyond-headers/contracts';
import type { Handler } from './handler.ts';

/** The handler, for orders that are approved: one that waits for an approval is parked before it is worked on. */
export function awaitApproval(handle: Handler): Handler {
  const approved: Handler = async (order, work) => {
    if (approvalsLeft(order) > 0) return { outcome: 'held' };
    return handle(order, work);
  };
  // What the handler says of itself holds.
  return Object.assign(approved, handle);
}
