import type { LintContext, Match } from '../context.ts';

interface Death {
  ms: number;
  witness: number;
}

/** How exact the times of those are who observe a process: Kubernetes keeps whole seconds. */
const OBSERVED_TO_MS = 1_000;

/** Spans that end later than their process did. One for each process. */
export function spansAfterDeath({ forest, limits, label }: LintContext): Match[] {
  const deaths = deathsOf(forest);
  const { store } = forest;
  if (deaths.size === 0) return [];
  const last = new Map<string, { span: number; death: Death; lateMs: number }>();
  for (const span of forest.order) {
    for (const key of keysOf(forest, span)) {
      const death = deaths.get(key);
      if (!death || death.witness === span) continue;
      const lateMs = store.end.at(span) - death.ms;
      const toleranceMs = limits.clockMs + (key.startsWith('pod/') ? OBSERVED_TO_MS : 0);
      const known = last.get(key);
      if (lateMs > toleranceMs && lateMs > (known?.lateMs ?? 0)) last.set(key, { span, death, lateMs });
    }
  }
  return [...last.values()].map(({ span, death, lateMs }) => ({
    certainty: 'likely',
    from: death.witness,
    to: span,
    evidence: [
      `${label(span)} ends ${Math.round(lateMs)} ms after its process. The span ${label(death.witness)} shows when the process ended.`,
    ],
  }));
}

type Forest = LintContext['forest'];

/** By process or pod: when it ended. A span with an exit code is as long as the process, its own or one that it observes. */
function deathsOf(forest: Forest): Map<string, Death> {
  const { store } = forest;
  const deaths = new Map<string, Death>();
  for (const [span, { hasEnded, podUid, container }] of store.kubernetes) {
    if (!hasEnded || !forest.isLive(span)) continue;
    const own = store.resourceOf(span);
    const pod = store.texts.text(podUid);
    if (pod === '' && !own.isExact) continue;
    const key =
      pod === '' || pod === own.podUid
        ? `process/${forest.processOf(span)}`
        : `pod/${pod}/${store.texts.text(container)}`;
    const ms = store.end.at(span);
    // A container that was restarted in place ends more than once.
    if (ms > (deaths.get(key)?.ms ?? 0)) deaths.set(key, { ms, witness: span });
  }
  return deaths;
}

function keysOf(forest: Forest, span: number): string[] {
  const { podUid, container } = forest.store.resourceOf(span);
  const process = `process/${forest.processOf(span)}`;
  return podUid === '' ? [process] : [process, `pod/${podUid}/${container}`, `pod/${podUid}/`];
}
