import type { V1OwnerReference } from '@kubernetes/client-node';
import {
  allFields,
  NOT_VALID,
  OTHER_TRACEPARENT,
  owner,
  TRACE_SHAPE_ANNOTATION,
  withFields,
  withTraceparent,
} from './annotations.ts';
import { podOf } from './pod-cases.ts';

/* Annotated Jobs, and the annotations of their pod templates after admission. The policy and the webhook share this table. */

export interface JobCase {
  name: string;
  annotations?: Record<string, string>;
  /** The annotations of the template before admission. `given` has those after it. */
  asked?: Record<string, string>;
  given: Record<string, string>;
  owner?: V1OwnerReference;
}

const CRON_JOB = owner('CronJob', 'batch/v1');
const links = { [TRACE_SHAPE_ANNOTATION]: 'link' };

export const JOB_CASES: JobCase[] = [
  { name: 'Job that carries nothing', asked: { team: 'orders' }, given: { team: 'orders' } },
  { name: 'Job with all fields', annotations: { ...allFields, team: 'orders' }, given: allFields },
  {
    name: 'Job whose template has other annotations',
    annotations: allFields,
    asked: { team: 'orders' },
    given: { ...allFields, team: 'orders' },
  },
  {
    name: 'Job whose template has a context of its own',
    annotations: allFields,
    asked: withTraceparent(OTHER_TRACEPARENT),
    given: withTraceparent(OTHER_TRACEPARENT),
  },
  ...NOT_VALID.map(([name, traceparent]): JobCase => ({
    name: `Job with a traceparent ${name}`,
    annotations: { ...allFields, ...withTraceparent(traceparent) },
    given: {},
  })),
  {
    name: 'Job with a tracestate that is not valid',
    annotations: withFields({ tracestate: 'a=1\n', baggage: 'tier=gold' }),
    given: withFields({ baggage: 'tier=gold' }),
  },
  { name: 'Job of a CronJob', annotations: allFields, owner: CRON_JOB, given: { ...allFields, ...links } },
  {
    name: 'Job of a CronJob whose template carries',
    asked: allFields,
    owner: CRON_JOB,
    given: { ...allFields, ...links },
  },
  {
    name: 'Job of a CronJob that chose its shape',
    annotations: allFields,
    asked: { [TRACE_SHAPE_ANNOTATION]: 'parent' },
    owner: CRON_JOB,
    given: { ...allFields, [TRACE_SHAPE_ANNOTATION]: 'parent' },
  },
  { name: 'Job of a CronJob that carries nothing', owner: CRON_JOB, given: {} },
  {
    name: 'Job of a custom resource',
    annotations: allFields,
    owner: owner('JobSet', 'jobset.x-k8s.io/v1alpha2'),
    given: allFields,
  },
];

/** A Job that Pod Security `restricted` admits. */
export function jobOf({ annotations, asked, owner: by }: Omit<JobCase, 'name' | 'given'>) {
  const { spec } = podOf({ annotations: {} });
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'case', ...(annotations && { annotations }), ...(by && { ownerReferences: [by] }) },
    spec: { template: { ...(asked && { metadata: { annotations: asked } }), spec } },
  };
}
