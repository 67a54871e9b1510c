import { approvalsLeft } from '@beyond-headers/contracts';
import type { Handler } from './handler.ts';

/** Wraps a handler so that an order that still needs an approval is parked instead of processed. */
export function awaitApproval(handle: Handler): Handler {
  const approved: Handler = async (order, work) => {
    if (approvalsLeft(order) > 0) return { outcome: 'held' };
    return handle(order, work);
  };
  // Keeps the properties of the handler, such as `dependents`.
  return Object.assign(approved, handle);
}
