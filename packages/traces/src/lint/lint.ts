import { matchesLabel } from '../tree/labels.ts';
import { contextOf, type LintContext, type Match } from './context.ts';
import { severities, type Finding, type HopEnd, type RuleId, type Severity } from './finding.ts';
import { storeOf, type LintSpan } from './model/read-spans.ts';
import type { SpanStore } from './model/span-store.ts';
import { limitsOf, type Ignored, type LintOptions } from './options.ts';
import { pageOf } from './page.ts';
import { rules } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { scoresOf, type ServiceScore } from './score.ts';

/** The result of `lint`. */
export interface LintReport {
  /** The most severe first. */
  findings: Finding[];
  summary: LintSummary;
}

export interface LintSummary {
  spans: number;
  traces: number;
  services: string[];
  bySeverity: Record<Severity, number>;
  byRule: Partial<Record<RuleId, number>>;
  /** The number of ignored findings, by the given reason. */
  ignored: { reason: string; findings: number }[];
  /** What could not be read, each with its position. */
  unreadable: string[];
  /** Remarks on data that was not read. */
  notes: string[];
  /** The Instrumentation Score of each service, with the rules that it passed and failed. */
  scores: ServiceScore[];
}

/**
 * Finds where traces broke, without any expectation. Takes spans as the other functions of this package return them. Throws a `TypeError`
 * for a span without valid ids.
 */
export function lint(spans: Iterable<LintSpan>, options: LintOptions = {}): LintReport {
  return lintStore(storeOf(spans), options).report;
}

/** A report, with the numbers of the spans of each finding. */
export interface Linted {
  report: LintReport;
  context: LintContext;
  ends: Map<Finding, { from?: number; to?: number }>;
}

/** Like {@link lint}, for spans that were read as a stream. */
export function lintStore(
  store: SpanStore,
  options: LintOptions = {},
  { unreadable = [], notes = [] }: Partial<Pick<LintSummary, 'unreadable' | 'notes'>> = {},
): Linted {
  store.seal();
  const claimed = new Set<number>();
  const context = contextOf(store, limitsOf(options), claimed);
  const found = rules.flatMap((rule) => {
    const matches = [...rule.find(context)];
    for (const { to, also = [] } of matches)
      for (const span of [...(to === undefined ? [] : [to]), ...also]) claimed.add(span);
    return matches.map((match) => ({ rule, match }));
  });
  const wanted = found.filter(({ rule, match }) => isWanted(store, rule, match, options));
  const ignored = new Map<string, number>();
  const ends: Linted['ends'] = new Map();
  const findings = wanted.flatMap(({ rule, match }) => {
    const finding = toFinding(store, rule, match, options);
    const reason = options.ignore?.find((each) => isIgnored(finding, each))?.reason;
    if (reason === undefined) ends.set(finding, match);
    else ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
    return reason === undefined ? [finding] : [];
  });
  findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const summary = summaryOf(context, findings);
  return {
    report: {
      findings,
      summary: {
        ...summary,
        ignored: [...ignored].map(([reason, count]) => ({ reason, findings: count })),
        unreadable,
        notes,
      },
    },
    context,
    ends,
  };
}

function isWanted(
  store: SpanStore,
  { id }: Rule,
  { from, to }: Match,
  { rules: only, services }: LintOptions,
): boolean {
  if (only && !only.includes(id)) return false;
  if (!services) return true;
  return [from, to].some((span) => span !== undefined && services.includes(store.serviceOf(span)));
}

function toFinding(store: SpanStore, rule: Rule, match: Match, options: LintOptions): Finding {
  return {
    rule: rule.id,
    severity: options.severities?.[rule.id] ?? match.severity ?? rule.severity,
    certainty: match.certainty,
    ...(match.from !== undefined && { from: endOf(store, match.from) }),
    ...(match.to !== undefined && { to: endOf(store, match.to) }),
    evidence: match.evidence,
    page: pageOf(rule.id),
  };
}

function endOf(store: SpanStore, span: number): HopEnd {
  return {
    service: store.serviceOf(span),
    kind: store.kindOf(span),
    name: store.nameOf(span),
    traceId: store.traceIdOf(span),
    spanId: store.spanIdOf(span),
  };
}

function isIgnored({ rule, from, to }: Finding, ignored: Ignored): boolean {
  if (ignored.rule !== undefined && ignored.rule !== rule) return false;
  const { span } = ignored;
  return span === undefined || [from, to].some((end) => end !== undefined && matchesLabel(end, span));
}

function summaryOf(
  context: LintContext,
  findings: readonly Finding[],
): Omit<LintSummary, 'ignored' | 'unreadable' | 'notes'> {
  const { forest } = context;
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const byRule: Partial<Record<RuleId, number>> = {};
  for (const { rule, severity } of findings) {
    bySeverity[severity]++;
    byRule[rule] = (byRule[rule] ?? 0) + 1;
  }
  const traces = forest.firstInTrace.reduce((count, first) => count + (first >= 0 ? 1 : 0), 0);
  const used = new Set<string>();
  for (let span = 0; span < forest.store.size; span++) used.add(forest.store.serviceOf(span));
  return {
    spans: forest.order.length + forest.circular.length,
    traces,
    services: [...used].toSorted(),
    bySeverity,
    byRule,
    scores: scoresOf(context),
  };
}
