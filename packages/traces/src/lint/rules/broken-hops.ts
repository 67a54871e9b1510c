import type { LintContext, Match } from '../context.ts';
import type { BreakKind } from '../hops/hop.ts';

/** Returns the hops that broke in one way, without those that a more specific rule has already matched. */
export function hopsOf(context: LintContext, kind: BreakKind): Match[] {
  return context.broken
    .filter((hop) => hop.kind === kind && !context.isClaimed(hop.to))
    .map(({ also, evidence, ...hop }) => ({
      ...hop,
      also,
      evidence: also.length > 1 ? [...evidence, `The same applies to ${also.length} more spans.`] : evidence,
    }));
}
