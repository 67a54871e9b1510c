import type { LintContext, Match } from '../context.ts';

/** A span that links to a span that was not read. */
export interface MissingTarget {
  match: Match;
  isUnsampled: boolean;
}

const SAMPLED = 1;
const HAS_IS_REMOTE = 0x100;

/** Returns one entry for each span that links to missing spans. */
export function missingLinkTargets({ forest, isClaimed, label }: LintContext): MissingTarget[] {
  const { store } = forest;
  const found: MissingTarget[] = [];
  for (const span of forest.order) {
    if (!store.hasLinks(span) || isClaimed(span)) continue;
    const missing = [...store.linksOf(span)].filter(
      ({ trace, high, low }) =>
        forest.index.find(trace, high, low) < 0 && !store.unread.has(store.traces.text(trace)),
    );
    const [first] = missing;
    if (!first) continue;
    const isTraceThere = missing.some(({ trace }) => forest.hasTrace(trace));
    const what = isTraceThere
      ? 'a span that is missing from the linked trace'
      : `trace ${store.traces.text(first.trace)}, which was not read`;
    found.push({
      isUnsampled: missing.every(({ flags }) => (flags & HAS_IS_REMOTE) !== 0 && (flags & SAMPLED) === 0),
      match: {
        certainty: isTraceThere ? 'certain' : 'likely',
        to: span,
        evidence: [
          `${label(span)} links to ${what}${missing.length > 1 ? `, and to ${missing.length - 1} more` : ''}.`,
        ],
      },
    });
  }
  return found;
}
