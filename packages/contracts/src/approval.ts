import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import { numberOf } from './number-of.ts';
import { MAX_APPROVALS, orderId, traceId } from './order.ts';
import { orderStatus } from './order-status.ts';

const decision = z.enum(['approve', 'reject']);

/**
 * Mistakes in how an order resumes. With `off`, it doesn't know where its work stopped, so it resumes from its creation. With
 * `approver`, it becomes a child of the request that approved it.
 */
const decisionSwitches = z
  .strictObject({
    segment: z
      .enum(['on', 'off', 'approver'])
      .optional()
      .describe(
        'The span in whose context the order resumes. `on`: the span of the attempt in which the order stopped. The other values are mistakes. `off`: the span that placed the order. `approver`: the span `approve orders` of the request that approved the order.',
      ),
  })
  .meta({
    id: 'DecisionSwitches',
    description:
      'The mistake that the demo makes on purpose when an order resumes. Without `DEMO_CONTROLS=on`, the writer ignores this switch.',
  });

/** Body of `POST /orders/{id}/approval`. */
export const decideOrder = z
  .strictObject({
    decision: decision.describe('`approve`: the order resumes. `reject`: the order ends.'),
    approval: z
      .int()
      .min(1)
      .max(MAX_APPROVALS)
      .optional()
      .describe(
        'The number of the approval that you decide, from 1. If an order needs several approvals, set this number, so that a repeated request does not decide the next approval. Default: the approval that the order waits for.',
      ),
    demo: decisionSwitches.optional(),
  })
  .meta({
    id: 'DecideOrder',
    description: 'A decision on an order that waits for an approval.',
    examples: [{ decision: 'approve' }],
  });

export const decidedOrder = z
  .object({
    orderId,
    status: orderStatus,
    approvalsLeft: z.int().describe('How many more approvals the order needs.'),
    traceId: traceId
      .optional()
      .describe('The id of the trace of this request. Absent while telemetry is off.'),
  })
  .meta({ id: 'DecidedOrder', description: 'The order after the decision.' });

export type Decision = z.infer<typeof decision>;
export type DecideOrder = z.infer<typeof decideOrder>;
export type DecidedOrder = z.infer<typeof decidedOrder>;

/** A decision on a held order. */
export interface DecisionRecord {
  decision: Decision;
  at: Date;
  /** The span of the request with the decision. Absent if tracing is off. */
  context?: DocumentContext;
}

/** Returns how many more approvals an order needs. */
export function approvalsLeft({ approval, decisions }: { approval?: unknown; decisions?: unknown }): number {
  const wanted = numberOf(approval ?? 0);
  const given = Array.isArray(decisions) ? decisions.filter((one) => one?.decision === 'approve').length : 0;
  // Without a valid number, the order must not resume unapproved.
  return Number.isNaN(wanted) ? 1 : Math.max(0, wanted - given);
}
