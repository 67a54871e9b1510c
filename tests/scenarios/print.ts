import { renderWaterfall } from '@beyond-headers/trace-assert';
import { passed, type ScenarioResult } from './run-scenario.ts';

/** A scenario as people read it: what it shows, the family of its traces, a line PASS or FAIL for each expectation. */
export function printResult(result: ScenarioResult, color: boolean): string {
  const { scenario, traces, expectations } = result;
  const lines = expectations.map(({ what, failure }) =>
    failure ? `FAIL  ${what}\n      ${failure.replaceAll('\n', '\n      ')}` : `PASS  ${what}`,
  );
  const spans = traces.flat();
  const picture = spans.length > 0 ? renderWaterfall(spans, { color, width: 100 }) : '(no trace)';
  return [`── ${scenario.name}`, scenario.shows, '', picture, '', ...lines, ''].join('\n');
}

export function summarize(results: ScenarioResult[]): string {
  const failed = results.filter((result) => !passed(result)).map(({ scenario }) => scenario.name);
  const total = `${results.length - failed.length} of ${results.length} scenarios hold`;
  return failed.length === 0 ? `${total}.` : `${total}; these do not: ${failed.join(', ')}.`;
}

/** For machines: what was expected and found, without the spans. */
export const toJson = (results: ScenarioResult[]) =>
  results.map(({ scenario, orderId, traceIds, traces, expectations, ...rest }) => ({
    name: scenario.name,
    passed: passed({ scenario, traceIds, traces, expectations, ...rest }),
    orderId,
    traces: traceIds.map((traceId, index) => ({ traceId, spans: traces[index]?.length ?? 0 })),
    expectations,
  }));
