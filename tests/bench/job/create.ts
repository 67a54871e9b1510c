import { BatchV1Api, KubeConfig, type V1Job } from '@kubernetes/client-node';
import { startCluster } from '@beyond-headers/local-cluster';
import { injectIntoPodSpec } from '@beyond-headers/propagation';
import { propagation, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { median } from '../statistics.ts';
import type { Ratio } from '../ratio.ts';

const ROUNDS = 21;
const JOBS = 100;
const NAMESPACE = 'default';
/** With a context, the rate must be at least 0.98 of the rate without one. */
const BAR = 1 / 0.98;

/**
 * Creates Jobs one after another through the client, with and without a context in the pod. No pod starts, because the Jobs are suspended.
 */
export async function createRatio(): Promise<Ratio> {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const cluster = await startCluster({ images: {} });
  try {
    const config = new KubeConfig();
    config.loadFromString(cluster.kubeconfig());
    const jobs = config.makeApiClient(BatchV1Api);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await oneRound(jobs, round % 2 === 0));
    return {
      what: '`createNamespacedJob`: with a context / without a context',
      rounds,
      bar: { atMost: BAR },
    };
  } finally {
    await cluster.close();
  }
}

/** Alternates between the sides, so that both use the server under the same conditions. */
async function oneRound(jobs: BatchV1Api, contextFirst: boolean): Promise<number> {
  const ms: Record<'with' | 'without', number[]> = { with: [], without: [] };
  const sides = contextFirst ? (['with', 'without'] as const) : (['without', 'with'] as const);
  for (let job = 0; job < JOBS; job++) {
    for (const side of sides) {
      const start = performance.now();
      const body = newJob(`${side}-${job}`);
      if (side === 'with') injectIntoPodSpec(body, newContext());
      await jobs.createNamespacedJob({ namespace: NAMESPACE, body });
      ms[side].push(performance.now() - start);
      await jobs.deleteNamespacedJob({ namespace: NAMESPACE, name: body.metadata.name });
    }
  }
  return median(ms.with) / median(ms.without);
}

function newJob(name: string) {
  const containers = [{ name: 'main', image: 'none', env: [{ name: 'ORDER_ID', value: name }] }];
  return {
    metadata: { name },
    spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers } } },
  } satisfies V1Job;
}

let contexts = 0;
function newContext() {
  const traceId = (++contexts).toString(16).padStart(32, '0');
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: traceId.slice(16),
    traceFlags: TraceFlags.SAMPLED,
  });
}
