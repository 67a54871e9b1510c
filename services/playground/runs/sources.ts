import type { OrderView, ReportStatus } from '@beyond-headers/contracts';
import { fetchTrace, type Span } from '@beyond-headers/traces';
import type { CarrierView } from '../view/types.ts';
import { readCarriers } from './carriers.ts';
import { getJson, UpstreamError } from './http.ts';

/** The sources of a run. For an unknown id, they return an empty list or undefined. They reject if they don't answer. */
export interface Sources {
  trace: (traceId: string) => Promise<Span[]>;
  order: (orderId: string) => Promise<OrderView | undefined>;
  job: (jobName: string) => Promise<ReportStatus | undefined>;
  carriers: (orderId: string) => Promise<CarrierView[]>;
}

export interface SourceUrls {
  writer: string;
  jobLauncher: string;
  traces: string;
}

/** Connects to the public APIs of the writer and the job-launcher, and to any Jaeger-compatible API. */
export function connectSources({ writer, jobLauncher, traces }: SourceUrls): Sources {
  return {
    trace: (traceId) => readTrace(traces, traceId),
    order: (orderId) => getJson('writer', `${writer}/orders/${orderId}`),
    job: (jobName) => getJson('job-launcher', `${jobLauncher}/reports/${jobName}`),
    carriers: (orderId) => readCarriers(orderId, writer, jobLauncher),
  };
}

async function readTrace(url: string, traceId: string): Promise<Span[]> {
  try {
    return await fetchTrace(url, traceId);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UpstreamError(`The traces can't be read. ${why}`, { cause });
  }
}
