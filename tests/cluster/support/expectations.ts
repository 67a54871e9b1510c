import assert from 'node:assert/strict';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import type { ClusterSystem } from './system.ts';

/** The spans of a trace by kind, each kind sorted by attempt. */
export interface AttemptSpans {
  all: Span[];
  waits: Span[];
  runs: Span[];
  outcomes: Span[];
}

const DEADLINE_MS = 60_000;

/** Waits until a trace has this many outcomes and runs. Checks that all attempts are siblings, and that each has at most one wait. */
export async function attemptsOf(
  { tracesUrl }: ClusterSystem,
  traceId: string,
  expected: { outcomes: number; runs: number },
): Promise<AttemptSpans> {
  const all = await waitForTrace(
    tracesUrl,
    traceId,
    (spans) => {
      assert.equal(named(spans, 'observe report-job').length, expected.outcomes, 'outcomes');
      assert.equal(named(spans, 'run report-job').length, expected.runs, 'runs');
    },
    { deadlineMs: DEADLINE_MS, pollMs: 200 },
  );
  const found = {
    all,
    waits: named(all, 'wait pod'),
    runs: named(all, 'run report-job'),
    outcomes: named(all, 'observe report-job'),
  };
  // A wait can be missing: if the job noted no times, a wait that is too short for Kubernetes' whole seconds is left out.
  const waitedFor = new Set(found.waits.map(({ attributes }) => attributes['k8s.pod.uid']));
  assert.equal(waitedFor.size, found.waits.length, 'no attempt was waited for twice');
  const parents = [...found.waits, ...found.runs, ...found.outcomes].map(({ parentSpanId }) => parentSpanId);
  assert.equal(new Set(parents).size, 1, 'all attempts are siblings');
  return found;
}

const named = (spans: Span[], name: string): Span[] =>
  spans
    .filter((span) => span.name === name)
    .toSorted((a, b) => Number(a.attributes['demo.attempt']) - Number(b.attributes['demo.attempt']));

/** Returns the parts of an outcome that tests compare. */
export const toldBy = ({ attributes, status }: Span) => ({
  attempt: attributes['demo.attempt'],
  reason: attributes['demo.job.reason'],
  exitCode: attributes['process.exit.code'],
  status: status.code,
});

export const isEnded = ({ phase }: { phase: string }): boolean => phase === 'succeeded' || phase === 'failed';
