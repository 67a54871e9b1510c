import type { AttributeKey } from './attributes.ts';
import type { SpanDeclaration } from './declarations.ts';

const JOB = ['orderId', 'k8sNamespace', 'k8sJobName', 'k8sJobUid'] as const;
const POD = [...JOB, 'k8sPodName', 'k8sPodUid', 'attempt'] as const;

const UNDER_LAUNCH =
  "`launch report-job`. If the job-launcher has `OBSERVER_SHAPE=link`, or the Job's containers have `TRACE_SHAPE=link`, the span has no parent, and links to `launch report-job`";
const TO_THE_SECOND = 'if the times are known only to the second';

const ofIndexedJob = {
  completionIndex: ['in an Indexed Job, whose pods are numbered', 'tests/cluster/more-of-kubernetes.test.ts'],
} as const;

/** The spans of a Job: its launch, its waits, its run, and what Kubernetes reports about it. */
export const JOB_SPANS = {
  launchReportJob: {
    name: 'launch report-job',
    kind: 'PRODUCER',
    services: ['job-launcher'],
    brief:
      "The job-launcher creates a Job. The environment of the Job's containers carries the context of this span.",
    parent: '`POST /reports`',
    links: 'the earlier launch that created the Job, if the Job already existed',
    always: ['orderId', 'k8sNamespace', 'k8sJobName'],
    sometimes: {
      k8sJobUid: 'if the launch succeeded',
      launchAttempts: 'if the launch succeeded',
      jobExisted: 'if the launch succeeded',
    },
  },
  waitAdmission: {
    name: 'wait admission',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      'The time for which a Job was suspended. Kubernetes starts no pods for a suspended Job. The start and the end are exact only to the second. If a Job is suspended several times, each suspension has its own span.',
    parent: UNDER_LAUNCH,
    always: [...JOB, 'timePrecision'],
  },
  waitPod: {
    name: 'wait pod',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the launch until the pod's container starts. If the pod is created a second or more after the launch, such as for a retry, the span begins when the pod is created. Usually, the program in the container reports when its process started, and the span ends at this time. If it doesn't, the end of the span is known only to the second, and a wait of less than a second has no span.",
    parent: UNDER_LAUNCH,
    events: ['scheduled', 'accepted by the kubelet'],
    always: POD,
    sometimes: {
      k8sNodeName: 'if the pod has a node',
      containerImage: 'if the pod has an image',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
  runReportJob: {
    name: 'run report-job',
    kind: 'CONSUMER',
    services: ['report-job'],
    brief: 'The whole run of the program in a pod of the Job, from its start to its end.',
    parent:
      '`launch report-job`. The span has no parent if the environment carried no context, or with `TRACE_SHAPE=link`',
    links:
      'the previous attempt of the Job. With `TRACE_SHAPE=link` or `TRACE_SHAPE=parent+link`, also `launch report-job`',
    always: ['orderId'],
    sometimes: {
      attempt: 'if the number of the attempt is known',
      carrierVariable: 'if the environment carried a context',
      processExitCode: 'if the process ended by itself',
    },
    elsewhere: ofIndexedJob,
  },
  observeReportJob: {
    name: 'observe report-job',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the start of a pod's container to its end. Usually, the program in the container reports both times. If it doesn't, the times come from Kubernetes, and are exact only to the second. If the Job never had a pod, the span shows the time from the launch to the end of the Job.",
    parent: UNDER_LAUNCH,
    always: [...JOB, 'jobReason'],
    sometimes: {
      k8sPodName: 'if the Job had a pod',
      k8sPodUid: 'if the Job had a pod',
      attempt: 'if the Job had a pod',
      k8sNodeName: 'if the pod had a node',
      containerImage: 'if the pod has an image',
      processExitCode: 'if the container ended',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
} as const satisfies Record<string, SpanDeclaration<AttributeKey>>;
