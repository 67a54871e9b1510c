import type { LintContext, Match } from '../context.ts';
import type { Forest } from '../model/forest.ts';
import type { Rule } from './rule.ts';

export const outlivedProcess: Rule = {
  id: 'outlived-process',
  severity: 'warning',
  definition:
    'A span ends later than its process, according to the process itself or to an observer, which is a program that watches the process.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow:
    'Whether the clock of the observer differs from the clock of the process, and how exact the times of the observer are.',
  mend: 'End all spans before the process exits. If another program ends the spans that a killed process left open, it should end them at the time when the process ended.',
  find: spansAfterDeath,
};

interface Death {
  ms: number;
  witness: number;
}

/** The precision of an observer's times. Kubernetes keeps whole seconds. */
const OBSERVED_TO_MS = 1_000;

/** Finds spans that end later than their process or pod: the last span for each of these. */
function spansAfterDeath({ forest, limits, label }: LintContext): Match[] {
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
  // The end of one process can have two witnesses: itself, and the observer of its pod. The process knows it to the millisecond.
  const bySpan = new Map([...last.values()].toReversed().map((late) => [late.span, late]));
  return [...bySpan.values()].map(({ span, death, lateMs }) => ({
    certainty: 'likely',
    from: death.witness,
    to: span,
    evidence: [
      `${label(span)} ends ${Math.round(lateMs)} ms after its process. The span ${label(death.witness)} shows when the process ended.`,
    ],
  }));
}

/** Returns when each process or pod ended. A span with an exit code ends with its process, which is its own or one that it observes. */
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
