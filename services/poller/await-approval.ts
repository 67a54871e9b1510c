import { approvalsLeft } from '@beyond-headers/contracts';
import type { Handler } from './handler.ts';

/** Wraps a handler so that an order that still needs an approval is parked instead of processed. */
export const awaitApproval =
  (handle: Handler): Handler =>
  async (order, work) =>
    approvalsLeft(order) > 0 ? { outcome: 'held' } : handle(order, work);
