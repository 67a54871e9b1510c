import { matchesLabel } from '../tree/labels.ts';
import { contextOf, type LintContext, type Match } from './context.ts';
import { severities, type Finding, type RuleId, type Severity } from './finding.ts';
import type { Forest } from './model/forest.ts';
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
  const ends: Linted['ends'] = new Map();
  const ignored = new Map<string, number>();
  for (const rule of rules) {
    const matches = [...rule.find(context)];
    for (const { to, also = [] } of matches)
      for (const span of [to, ...also]) if (span !== undefined) claimed.add(span);
    for (const match of matches.filter((each) => isWanted(store, rule, each, options))) {
      const finding = toFinding(store, rule, match, options);
      const reason = options.ignore?.find((each) => isIgnored(finding, each))?.reason;
      if (reason === undefined) ends.set(finding, match);
      else ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
    }
  }
  const findings = [...ends.keys()].toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const summary = {
    ...countsOf(context.forest, findings),
    scores: scoresOf(context),
    ignored: [...ignored].map(([reason, count]) => ({ reason, findings: count })),
    unreadable,
    notes,
  };
  return { report: { findings, summary }, context, ends };
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
    ...(match.from !== undefined && { from: store.endOf(match.from) }),
    ...(match.to !== undefined && { to: store.endOf(match.to) }),
    evidence: match.evidence,
    page: pageOf(rule.id),
  };
}

function isIgnored({ rule, from, to }: Finding, ignored: Ignored): boolean {
  if (ignored.rule !== undefined && ignored.rule !== rule) return false;
  const { span } = ignored;
  return span === undefined || [from, to].some((end) => end !== undefined && matchesLabel(end, span));
}

function countsOf(
  { store, order, circular, firstInTrace }: Forest,
  findings: readonly Finding[],
): Pick<LintSummary, 'spans' | 'traces' | 'services' | 'bySeverity' | 'byRule'> {
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const byRule: Partial<Record<RuleId, number>> = {};
  for (const { rule, severity } of findings) {
    bySeverity[severity]++;
    byRule[rule] = (byRule[rule] ?? 0) + 1;
  }
  const used = new Set<string>();
  for (let span = 0; span < store.size; span++) used.add(store.serviceOf(span));
  return {
    spans: order.length + circular.length,
    traces: firstInTrace.filter((first) => first >= 0).length,
    services: [...used].toSorted(),
    bySeverity,
    byRule,
  };
}
