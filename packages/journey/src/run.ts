/** What is known of a run beside its spans. */
export interface Run {
  /** Every trace of the run, the first one first. */
  traceIds: readonly string[];
  orders: readonly { status: string; attempts: number; error?: string }[];
  jobs: readonly { phase: string; reason?: string }[];
  /** Nothing more is expected. */
  settled: boolean;
}

/** What was found in a carrier. */
export interface FoundCarrier {
  id: string;
  /** `carries`: a field of the propagator, which readers find. `unread`: it holds a context that no reader finds. */
  rows: readonly { name: string; role: 'carries' | 'unread' | 'other' }[];
}
