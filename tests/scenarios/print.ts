import { journeyOf, verdictOn, verdictText } from '@beyond-headers/journey';
import { renderWaterfall, type Span } from '@beyond-headers/traces';
import { lint } from '@beyond-headers/traces/lint';
import type { LabResult } from './labs/run-lab.ts';
import { passed, type ScenarioResult } from './run-scenario.ts';

/** Formats a result for people: what the scenario shows, its traces, and a line PASS or FAIL for each expectation. */
export function printResult(result: ScenarioResult, color: boolean): string {
  const { scenario, traces, expectations } = result;
  const lines = expectations.map(({ what, failure }) =>
    failure ? `FAIL  ${what}\n      ${failure.replaceAll('\n', '\n      ')}` : `PASS  ${what}`,
  );
  const spans = traces.flat();
  const waterfall = spans.length > 0 ? renderWaterfall(spans, { color, width: 100 }) : '(no trace)';
  const verdict = spans.length > 0 ? [verdictText(verdictOf(result, spans)), ''] : [];
  return [`── ${scenario.name}`, scenario.shows, '', waterfall, '', ...verdict, ...lines, ''].join('\n');
}

/** Returns the playground's verdict on the same traces. The run counts as settled, because the scenario has ended. */
function verdictOf({ traceIds }: ScenarioResult, spans: Span[]) {
  const { findings } = lint(spans);
  const run = { traceIds, orders: [], jobs: [], findings, settled: true };
  return verdictOn(journeyOf(spans, run), spans, run);
}

export function summarize(results: ScenarioResult[], labs: LabResult[]): string {
  const failed = [
    ...results.filter((result) => !passed(result)).map(({ scenario }) => scenario.name),
    ...labs.filter((lab) => !lab.passed).map(({ lab }) => lab.title),
  ];
  const total = `${results.length} scenarios and ${labs.length} labs`;
  return failed.length === 0 ? `${total}: all hold.` : `${total}: these do not hold: ${failed.join(', ')}.`;
}

/** Returns the expectations and results for other programs, without the spans. */
export const toJson = (results: ScenarioResult[], labs: LabResult[]) => ({
  scenarios: results.map((result) => ({
    name: result.scenario.name,
    passed: passed(result),
    orderId: result.orderId,
    traces: result.traceIds.map((traceId, index) => ({ traceId, spans: result.traces[index]?.length ?? 0 })),
    expectations: result.expectations,
  })),
  labs: labs.map((result) => ({ name: result.lab.title, passed: result.passed, drawn: result.drawn })),
});
