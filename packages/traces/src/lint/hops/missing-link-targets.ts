import type { LintContext, Match } from '../context.ts';
import { isUnsampled } from '../model/flags.ts';

/**
 * Returns one match for each span that links to missing spans. With `unsampled`, only if the flags of all these links say that the
 * linked span was not sampled, and otherwise only if they don't.
 */
export function missingLinkTargets(
  { forest, isClaimed, label }: LintContext,
  { unsampled }: { unsampled: boolean },
): Match[] {
  const { store } = forest;
  const found: Match[] = [];
  for (const span of forest.order) {
    if (!store.hasLinks(span) || isClaimed(span)) continue;
    const missing = [...store.linksOf(span)].filter(
      ({ trace, high, low }) =>
        forest.index.find(trace, high, low) < 0 && !store.unread.has(store.traces.text(trace)),
    );
    const [first] = missing;
    if (!first || missing.every(({ flags }) => isUnsampled(flags)) !== unsampled) continue;
    const isTraceThere = missing.some(({ trace }) => forest.hasTrace(trace));
    const what = isTraceThere
      ? 'a span that is missing from the linked trace'
      : `trace ${store.traces.text(first.trace)}, which was not read`;
    const more = missing.length > 1 ? `, and to ${missing.length - 1} more` : '';
    found.push({
      certainty: isTraceThere ? 'certain' : 'likely',
      to: span,
      evidence: [`${label(span)} links to ${what}${more}.`],
    });
  }
  return found;
}
