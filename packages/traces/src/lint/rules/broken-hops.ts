import type { LintContext, Match } from '../context.ts';
import type { BreakKind } from '../hops/hop.ts';

/** The hops that broke in one way, of which no more specific rule has spoken. */
export function hopsOf(context: LintContext, kind: BreakKind): Match[] {
  return context.broken
    .filter((hop) => hop.kind === kind && !context.isClaimed(hop.to))
    .map(({ also, evidence, ...hop }) => ({
      ...hop,
      also,
      evidence: also.length > 1 ? [...evidence, `The same applies to ${also.length} more spans.`] : evidence,
    }));
}
