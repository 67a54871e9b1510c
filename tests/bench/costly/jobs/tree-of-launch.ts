import { assertEdges, fetchTrace, type EdgeRow, type Span } from '@beyond-headers/traces';
import {
  jobCarrier,
  launched as launchedByPoller,
  observed,
  reported,
} from '../../../support/expected-tree.ts';

/** Of a launch without a poller before it. */
const launched: EdgeRow[] = launchedByPoller
  .slice(1)
  .map(([parent, child], index) => [index === 0 ? null : parent, child]);

/** How many traces are what. */
export interface Trees {
  /** All that the launcher, its observer and the pod say, each once and in its place. */
  whole: number;
  /** The same without the pod's own spans: its program has none, or a starved one gave up its export in time. */
  withoutRun: number;
  /** No one saw the pod end. */
  withoutOutcome: number;
  /** Something is there twice, or hangs elsewhere. */
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
  // A wait that Kubernetes' seconds can't show is left out.
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
