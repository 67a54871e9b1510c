import { holdsSecret } from '@beyond-headers/service-kit/mongodb-uri';
import {
  httpConfig,
  httpUrl,
  inDecimal,
  localUrl,
  mongoConfig,
  mongodbUri,
  onOff,
  port,
  seconds,
} from '@beyond-headers/service-kit';
import { z } from 'zod';
import type { ReportJobSettings } from './job-manifest.ts';
import { service } from './service.ts';

const kubernetesName = () =>
  z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
      'Expected a Kubernetes name: lower-case letters, digits, - and .',
    );

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const kubernetesNamespace = () =>
  z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
      'Expected a namespace: up to 63 lower-case letters, digits and -',
    );

const hostName = () =>
  z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/i, 'Expected host names separated by commas');

function toNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

export const jobLauncherConfig = z.object({
  ...httpConfig,
  JOB_LAUNCHER_PORT: port(service.port.number).describe('The port on which the job-launcher listens.'),
  KUBECONFIG: z
    .string()
    .optional()
    .describe(
      'Paths of the kubeconfig files, as for kubectl. They describe how to reach the cluster. Unset: `~/.kube/config`. If that file does not exist, the launcher uses the service account of its own pod.',
    ),
  TRACES_URL: localUrl(16_686).describe(
    'The base URL of the page that shows a trace. Responses contain the link `<TRACES_URL>/trace/<traceId>` in `links.trace`.',
  ),
  JOB_NAMESPACE: kubernetesNamespace()
    .default('default')
    .describe('The namespace in which Jobs are created.'),
  JOB_IMAGE: z
    .string()
    .min(1)
    .default('report-job:local')
    .describe("The image of the Job's container: a full image reference, with name and tag."),
  JOB_MONGODB_URI: mongodbUri()
    .refine(
      (uri) => !holdsSecret(uri),
      'It holds a password, which everyone who may read the Job would see. Expected a URI without one: put it into a Secret ' +
        'with the key `uri`, and set JOB_MONGODB_SECRET to the name of the Secret',
    )
    .meta({ secret: true })
    .optional()
    .describe(
      "The `MONGODB_URI` of the job's pod. If the URI contains a password or another secret, the launcher refuses it: use `JOB_MONGODB_SECRET` instead.",
    ),
  JOB_MONGODB_SECRET: kubernetesName()
    .optional()
    .describe(
      "The name of a Secret. The job's pod gets `MONGODB_URI` from the Secret's key `uri`. Takes precedence over `JOB_MONGODB_URI`.",
    ),
  JOB_MONGODB_DATABASE: mongoConfig.MONGODB_DATABASE.describe("The `MONGODB_DATABASE` of the job's pod."),
  JOB_OTLP_ENDPOINT: localUrl(4318).describe("The URL to which the job's pod sends its spans."),
  JOB_LOGS_ENDPOINT: httpUrl()
    .optional()
    .describe(
      "The base URL to which the job's pod sends its log lines. The pod adds `/v1/logs` to it. Unset: the pod does not send log lines.",
    ),
  JOB_BACKOFF_LIMIT: inDecimal(z.coerce.number('Expected a whole number').int().min(0).max(20))
    .default(2)
    .describe('How many times Kubernetes retries a failed attempt before the Job fails.'),
  JOB_DEADLINE_SECONDS: seconds(300).describe('The time that a Job may take, including all attempts.'),
  JOB_TTL_SECONDS: seconds(3_600).describe(
    'The time for which Kubernetes keeps a Job after the Job has ended.',
  ),
  JOB_SERVICE_ACCOUNT: kubernetesName()
    .optional()
    .describe("The ServiceAccount of the job's pod. Unset: the ServiceAccount `default` of the namespace."),
  JOB_MEMORY_LIMIT: z
    .string()
    .regex(/^[0-9]+(Ki|Mi|Gi)$/, 'Expected a memory size such as 256Mi')
    .default('256Mi')
    .describe("The memory limit of the job's container."),
  JOB_HOST_ALIASES: z
    .string()
    .default('')
    .transform(toNames)
    .pipe(z.array(hostName()))
    .describe(
      "Host names that the job's pod cannot resolve, separated by commas, such as `mongo,jaeger`. The launcher resolves them, and writes the addresses into the pod's spec.",
    ),
  OBSERVER_REPLAY_SECONDS: seconds(900).describe(
    'The launcher creates spans that show what happened to a Job. When the launcher starts, it also creates them for Jobs that ended at most this long ago, because the previous launcher may have missed them.',
  ),
  OBSERVER_SHAPE: z
    .enum(['parent', 'link'])
    .default('parent')
    .describe(
      'How the spans that show what happened to a Job relate to the span `launch report-job`. `parent`: they are its children. `link`: they are in a separate trace, and link to that span.',
    ),
  DEMO_CONTROLS: onOff('off').describe(
    'With `on`, the call `GET /reports/{jobName}/carrier` exists, and a request can use its field `demo` to ask for mistakes, such as a lost context, and failures, such as a crash. With `off`, the launcher ignores the field.',
  ),
});

export type JobLauncherConfig = z.infer<typeof jobLauncherConfig>;

/** Returns the settings of Jobs from the configuration, without host aliases, which are resolved at each launch. */
export function jobSettings(config: JobLauncherConfig): ReportJobSettings {
  return {
    namespace: config.JOB_NAMESPACE,
    image: config.JOB_IMAGE,
    mongodbUri: config.JOB_MONGODB_URI,
    mongodbSecret: config.JOB_MONGODB_SECRET,
    mongodbDatabase: config.JOB_MONGODB_DATABASE,
    otlpEndpoint: config.JOB_OTLP_ENDPOINT,
    logsEndpoint: config.JOB_LOGS_ENDPOINT,
    backoffLimit: config.JOB_BACKOFF_LIMIT,
    deadlineSeconds: config.JOB_DEADLINE_SECONDS,
    ttlSeconds: config.JOB_TTL_SECONDS,
    serviceAccount: config.JOB_SERVICE_ACCOUNT,
    memoryLimit: config.JOB_MEMORY_LIMIT,
  };
}
