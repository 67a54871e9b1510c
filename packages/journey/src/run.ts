/** What is known of a run beside its spans. */
export interface Run {
  /** Every trace of the run, the first one first. */
  traceIds: readonly string[];
  orders: readonly OrderStanding[];
  jobs: readonly JobStanding[];
  /** What `traces lint` finds in its traces: nothing else judges whether a context arrived. */
  findings: readonly FoundBreak[];
  /** Nothing more is expected. */
  settled: boolean;
}

/** An order as the writer shows it. */
export interface OrderStanding {
  status: string;
  /** How many were begun. */
  attempts: number;
  /** After how many it is given up, where that is known. */
  maxAttempts?: number;
  error?: string;
}

/** A Job as the launcher shows it. */
export interface JobStanding {
  phase: string;
  /** How many have failed. */
  failedAttempts: number;
  maxAttempts?: number;
  /** Why the last attempt ended, in Kubernetes' word, and its exit code. */
  reason?: string;
  exitCode?: number;
}

/** A finding of `traces lint`, as far as it matters here. By its shape: the page imports this package, and lint's types need Node's. */
export interface FoundBreak {
  rule: string;
  to?: { service: string };
}

/** What was found in a carrier. */
export interface FoundCarrier {
  id: string;
  /** `carries`: a field of the propagator, which readers find. `unread`: it holds a context that no reader finds. */
  rows: readonly { name: string; role: 'carries' | 'unread' | 'other' }[];
}
