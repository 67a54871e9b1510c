#!/usr/bin/env bash
# title: In Mastra, a resumed run of a workflow is sampled again
# claim: Mastra is a TypeScript framework for AI agents and workflows. If a workflow suspends and resumes, its spans before and
#   after the pause have the same trace id. But Mastra's ratio sampler, which keeps a share of all traces, decides again at
#   each resume, at random. For some workflows, it keeps only the spans before the pause. For others, it keeps only the spans
#   after the pause, and the first of these spans has no parent.
# guess: The sampler decides once for each trace id: with a ratio of one half, it keeps half of the workflows, each as a whole.
# versions: @mastra/core 1.71.0, @mastra/observability 1.17.9, Node.js 24.21
# seen:
#   ratio 1: all kept whole, in one trace
#   ratio 0.5: some whole, some the first half alone, some the second half alone, some not at all
#   parents of a second half alone: none
# date: 2026-11-29
# page: docs/explanation/what-others-do.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @mastra/core@1.71.0 @mastra/observability@1.17.9 zod@4.1.13
cat >"$work/main.mjs" <<'JS'
import { Mastra } from '@mastra/core/mastra';
import { InMemoryStore } from '@mastra/core/storage';
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { Observability, SamplingStrategyType } from '@mastra/observability';
import { z } from 'zod';

const empty = z.object({});
const approve = createStep({
  id: 'approve',
  inputSchema: empty,
  outputSchema: empty,
  resumeSchema: empty,
  execute: async ({ resumeData, suspend }) => (resumeData ? {} : suspend({})),
});

async function approveEach(probability, runs) {
  let ended = [];
  const exporter = {
    name: 'memory',
    async exportTracingEvent({ type, exportedSpan }) {
      if (type === 'span_ended' && exportedSpan.type === 'workflow_run') ended.push(exportedSpan);
    },
    async shutdown() {},
  };
  const order = createWorkflow({ id: 'order', inputSchema: empty, outputSchema: empty }).then(approve).commit();
  const sampling = { type: SamplingStrategyType.RATIO, probability };
  const mastra = new Mastra({
    logger: false,
    storage: new InMemoryStore(),
    workflows: { order },
    observability: new Observability({ configs: { main: { serviceName: 'finding', sampling, exporters: [exporter] } } }),
  });
  const kept = [];
  for (let index = 0; index < runs; index++) {
    ended = [];
    const run = await mastra.getWorkflow('order').createRun();
    await run.start({ inputData: {} });
    await run.resume({ step: 'approve', resumeData: {} });
    kept.push({
      first: ended.find(({ name }) => !name.endsWith('(resumed)')),
      second: ended.find(({ name }) => name.endsWith('(resumed)')),
    });
  }
  return kept;
}

const isWhole = ({ first, second }) => first && second && first.traceId === second.traceId && second.parentSpanId === first.id;
const all = await approveEach(1, 3);
console.log(`ratio 1: ${all.every(isWhole) ? 'all' : 'not all'} kept whole, in one trace`);

const kept = await approveEach(0.5, 100);
const some = (is) => (kept.some(is) ? 'some' : 'none');
const isSecondAlone = ({ first, second }) => !first && second;
console.log(
  `ratio 0.5: ${some(isWhole)} whole, ${some(({ first, second }) => first && !second)} the first half alone, ` +
    `${some(isSecondAlone)} the second half alone, ${some(({ first, second }) => !first && !second)} not at all`,
);
const parents = kept.filter(isSecondAlone).filter(({ second }) => second.parentSpanId).length;
console.log(`parents of a second half alone: ${parents || 'none'}`);
process.exit(0);
JS
cd "$work" && node main.mjs 2>/dev/null | check
