import type { V1Job, V1Pod } from '@kubernetes/client-node';

/** Objects that a real Kubernetes 1.34 returned, reduced to the fields that the launcher reads. Times are in whole seconds. */

export const JOB_UID = '701bfda7-e58d-4dc7-9497-e38fc3251569';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const LAUNCH_SPAN = 'b7ad6b7169203331';

const ANNOTATIONS = {
  'beyond-headers/launched-at': '2026-11-22T21:44:58.707Z',
  'tracing.k8s.io/traceparent': `00-${TRACE_ID}-${LAUNCH_SPAN}-01`,
};
const LABELS = { 'app.kubernetes.io/name': 'report-job', 'order-id': '83fe39671160a9a3d11879a6' };

export const at = (second: number): Date =>
  new Date(`2026-11-22T21:4${4 + Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}Z`);

export function aJob(status: V1Job['status'] = {}, metadata: object = {}): V1Job {
  return {
    metadata: {
      name: 'report-83fe39671160a9a3d11879a6',
      namespace: 'default',
      uid: JOB_UID,
      creationTimestamp: at(58),
      labels: LABELS,
      annotations: ANNOTATIONS,
      ...metadata,
    },
    status,
  };
}

export function aFailedJob(reason: string, failed = 1): V1Job {
  const conditions = ['FailureTarget', 'Failed'].map((type) => ({
    type,
    status: 'True',
    reason,
    lastTransitionTime: at(65),
  }));
  return aJob({ conditions, failed });
}

export interface PodShape {
  uid?: string;
  created?: number;
  /** When its deletion was requested; the grace period is 10 s. */
  deleted?: number;
  phase?: string;
  state?: NonNullable<NonNullable<V1Pod['status']>['containerStatuses']>[number]['state'];
  status?: object;
  index?: string;
}

export function aPod({ uid = 'pod-1', created = 58, deleted, phase, state, status, index }: PodShape): V1Pod {
  return {
    metadata: {
      name: `report-${uid}`,
      namespace: 'default',
      uid,
      creationTimestamp: at(created),
      ...(deleted !== undefined && { deletionTimestamp: at(deleted + 10), deletionGracePeriodSeconds: 10 }),
      annotations: ANNOTATIONS,
      labels: {
        ...LABELS,
        'batch.kubernetes.io/controller-uid': JOB_UID,
        'batch.kubernetes.io/job-name': 'report-83fe39671160a9a3d11879a6',
        ...(index && { 'batch.kubernetes.io/job-completion-index': index }),
      },
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'report-job', image: 'report-job:1' }] },
    status: {
      phase: phase ?? 'Pending',
      startTime: at(created),
      conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: at(created) }],
      ...(state && { containerStatuses: [containerStatus(state)] }),
      ...status,
    },
  };
}

const containerStatus = (state: NonNullable<PodShape['state']>) => ({
  name: 'report-job',
  image: 'report-job:1',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
});

export const running = (since: number): PodShape => ({
  phase: 'Running',
  state: { running: { startedAt: at(since) } },
});

export const terminated = (
  exitCode: number,
  reason: string,
  from = 59,
  to = 60,
  message?: string,
): PodShape => ({
  phase: exitCode === 0 ? 'Succeeded' : 'Failed',
  state: {
    terminated: { exitCode, reason, startedAt: at(from), finishedAt: at(to), ...(message && { message }) },
  },
});

export const waiting = (reason: string): PodShape => ({ phase: 'Pending', state: { waiting: { reason } } });
