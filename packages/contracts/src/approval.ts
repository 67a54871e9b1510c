import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';

export const decision = z.enum(['approve', 'reject']);

export type Decision = z.infer<typeof decision>;

/** What became of a held order, in the order of decisions. */
export interface DecisionRecord {
  decision: Decision;
  at: Date;
  /** The span of the request that decided. Absent when tracing is off. */
  context?: DocumentContext;
}

/** How many approvals an order still waits for. */
export function approvalsLeft({ approval, decisions }: { approval?: unknown; decisions?: unknown }): number {
  const wanted = Number(approval ?? 0);
  const given = Array.isArray(decisions) ? decisions.filter((one) => one?.decision === 'approve').length : 0;
  // What is no number can't be counted down, and must not go on unapproved.
  return Number.isNaN(wanted) ? 1 : Math.max(0, wanted - given);
}
