import { metrics } from '@opentelemetry/api';
import { ATTR, jobPhase, METRIC } from '@beyond-headers/contracts';
import { reportJobs, type ClusterAccess } from './observer/collections.ts';
import { phaseOf } from './report-status.ts';

const TIMEOUT_MS = 5_000;

/** Reports the number of Jobs in each phase. Reads the cluster only when metrics are collected: never without OTEL_METRICS_EXPORTER. */
export function observeJobs(cluster: ClusterAccess, namespace: string): void {
  const reports = reportJobs(cluster, namespace);
  const jobs = metrics.getMeter('beyond-headers').createObservableGauge(METRIC.jobs, { unit: '{job}' });
  jobs.addCallback(async (result) => {
    const phases = (await reports.list(AbortSignal.timeout(TIMEOUT_MS))).items.map(phaseOf);
    for (const phase of jobPhase.options)
      result.observe(phases.filter((one) => one === phase).length, { [ATTR.jobPhase]: phase });
  });
}
