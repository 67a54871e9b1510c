import type { Accepted } from './otlp-client.ts';

/** Adds the spans that could not be serialized to those that the collector rejected. */
export function withRejected(answer: Accepted, rejected: number, reason?: string): Accepted {
  if (rejected === 0) return answer;
  return { reason, ...answer, rejected: answer.rejected + rejected };
}
