import type { Logger } from '@beyond-headers/service-kit';
import { recordDerivedSpan } from '@beyond-headers/telemetry';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { readJob } from '../read-job.ts';
import { reportJobs, reportPods, type ClusterAccess } from './collections.ts';
import { follow } from './follow.ts';
import { JobObserver } from './job-observer.ts';
import type { ObserverShape } from './place-in-trace.ts';

interface ObserverOptions {
  kubernetes: ClusterAccess;
  namespace: string;
  /** How far back outcomes are reported again after a start. */
  replayMs: number;
  /** The shape of the spans that it records; `parent` when absent. */
  shape?: ObserverShape;
  logger: Logger;
}

/** Watches the Jobs and pods of this service until it is stopped. */
export function startObserver({ kubernetes, namespace, replayMs, shape, logger }: ObserverOptions) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const observer = new JobObserver({
    record: recordDerivedSpan,
    shape,
    since: new Date(Date.now() - replayMs),
    readJob: (name) => readJob(kubernetes.batch, { namespace, name }, signal),
  });
  // Outside any span: a watch is one endless request and belongs to no trace.
  const following = context.with(ROOT_CONTEXT, () =>
    Promise.all([
      follow(reportJobs(kubernetes, namespace), observer.jobs, { signal, logger }),
      follow(reportPods(kubernetes, namespace), observer.pods, { signal, logger }),
    ]),
  );
  return {
    observer,
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}
