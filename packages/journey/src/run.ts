/** The state of a run, without its spans. */
export interface Run {
  /** All traces of the run, starting with the first one. */
  traceIds: readonly string[];
  orders: readonly OrderStanding[];
  jobs: readonly JobStanding[];
  /** The findings of `traces lint` in its traces. Only they determine whether a context arrived. */
  findings: readonly FoundBreak[];
  /** True if nothing more is expected. */
  settled: boolean;
}

/** An order as the writer shows it. */
export interface OrderStanding {
  status: string;
  /** The number of attempts that have started. */
  attempts: number;
  /** The number of attempts after which the order fails, if it is known. */
  maxAttempts?: number;
  error?: string;
}

/** Reports whether an order has ended, whatever its outcome. */
export const isOrderOver = ({ status }: OrderStanding): boolean =>
  ['fulfilled', 'failed', 'rejected', 'cancelled'].includes(status);

/** A Job as the launcher shows it. */
export interface JobStanding {
  phase: string;
  failedAttempts: number;
  maxAttempts?: number;
  /** The reason for the end of the last attempt, in Kubernetes' words. */
  reason?: string;
  /** The exit code of that attempt. */
  exitCode?: number;
}

/** Reports whether a Job has ended, or is gone (`unknown`). */
export const isJobOver = ({ phase }: JobStanding): boolean =>
  ['succeeded', 'failed', 'unknown'].includes(phase);

/** The part of a `traces lint` finding that is used here. The page imports this package, but the linter's types need those of Node.js. */
export interface FoundBreak {
  rule: string;
  to?: { service: string };
}

/** The content of a carrier. */
export interface FoundCarrier {
  id: string;
  /** `carries`: a field of the propagator, which readers find. `unread`: a field with a context that no reader finds. */
  rows: readonly { name: string; role: 'carries' | 'unread' | 'other' }[];
}
