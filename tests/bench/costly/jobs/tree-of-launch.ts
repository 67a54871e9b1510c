import { assertEdges, fetchTrace, type EdgeRow, type Span } from '@beyond-headers/traces';
import {
  jobCarrier,
  launched as launchedByPoller,
  observed,
  reported,
} from '../../../support/expected-tree.ts';

/** The edges of a launch that was not requested by the poller. */
const launched: EdgeRow[] = launchedByPoller
  .slice(1)
  .map(([parent, child], index) => [index === 0 ? null : parent, child]);

/** The number of traces of each kind. */
export interface Trees {
  /** Has all spans of the launcher, its observer, and the pod, each once and with the right parent. */
  whole: number;
  /** Lacks only the pod's own spans: its program creates none, or it was starved and gave up the export. */
  withoutRun: number;
  /** No observer saw the pod end. */
  withoutOutcome: number;
  /** A span is missing, appears twice, or has the wrong parent. */
  wrong: number;
}

export async function countTrees(tracesUrl: string, traceIds: readonly string[]): Promise<Trees> {
  const trees: Trees = { whole: 0, withoutRun: 0, withoutOutcome: 0, wrong: 0 };
  for (const traceId of traceIds) trees[kindOf(await fetchTrace(tracesUrl, traceId))]++;
  return trees;
}

function kindOf(spans: readonly Span[]): keyof Trees {
  const count = (name: string) => spans.filter((span) => span.name === name).length;
  const [runs, outcomes, waits] = [count('run report-job'), count('observe report-job'), count('wait pod')];
  if (runs > 1 || outcomes > 1 || waits > 1 || count('launch report-job') !== 1) return 'wrong';
  if (outcomes === 0) return 'withoutOutcome';
  // A wait is left out if it is too short for Kubernetes' timestamps, which are in whole seconds.
  const seen = observed.filter(([, child]) => waits === 1 || !child.endsWith('wait pod'));
  const ran = runs === 1 ? [...jobCarrier, ...reported] : [];
  if (!holds(spans, [...launched, ...seen, ...ran])) return 'wrong';
  return runs === 1 ? 'whole' : 'withoutRun';
}

function holds(spans: readonly Span[], rows: readonly EdgeRow[]): boolean {
  try {
    assertEdges(spans, rows);
    return true;
  } catch {
    return false;
  }
}
