import type { V1HostAlias } from '@kubernetes/client-node';
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
    'The base URL of the page that shows a trace. In the field `links.trace`, responses contain the link `<TRACES_URL>/trace/<traceId>`.',
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
      "The value of `MONGODB_URI` in the job's pod. Everyone who can read the Job can read this value. So if the URI contains a password or another secret, the launcher does not start: use `JOB_MONGODB_SECRET` instead.",
    ),
  JOB_MONGODB_SECRET: kubernetesName()
    .optional()
    .describe(
      "The name of a Secret. The job's pod gets `MONGODB_URI` from the Secret's key `uri`. Takes precedence over `JOB_MONGODB_URI`.",
    ),
  JOB_MONGODB_DATABASE: mongoConfig.MONGODB_DATABASE.describe(
    "The value of `MONGODB_DATABASE` in the job's pod.",
  ),
  JOB_OTLP_ENDPOINT: localUrl(4318).describe(
    "The base URL of the collector, which receives the spans of the job's pod. The pod adds `/v1/traces` to it.",
  ),
  JOB_LOGS_ENDPOINT: httpUrl()
    .optional()
    .describe(
      "The base URL of a server that accepts log lines as OTLP (OpenTelemetry's protocol) over HTTP. The job's pod sends its log lines to `<JOB_LOGS_ENDPOINT>/v1/logs`. Unset: the pod does not send log lines.",
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
    .meta({ allowed: 'host names separated by commas' })
    .describe(
      "Host names that the job's pod cannot resolve, such as `mongo,jaeger`. The launcher resolves them, and writes the addresses into the pod's spec.",
    ),
  OBSERVER_REPLAY_SECONDS: seconds(900).describe(
    'The launcher creates spans that show what happened to a Job. When the launcher starts, it also creates them for Jobs that ended at most this long ago, in case no launcher was running when they ended.',
  ),
  OBSERVER_SHAPE: z
    .enum(['parent', 'link'])
    .default('parent')
    .describe(
      'How the spans that show what happened to a Job relate to the span `launch report-job`. `parent`: they are its children. `link`: they are in separate traces, and link to that span.',
    ),
  DEMO_CONTROLS: onOff('off').describe(
    'With `on`, the call `GET /reports/{jobName}/carrier` exists. It returns the environment variables and annotations of the Job that carry the context. Also, the field `demo` of a request can make the launcher create a Job that has no context or a wrong context, or that fails, on purpose. With `off`, the launcher ignores this field.',
  ),
});

export type JobLauncherConfig = z.infer<typeof jobLauncherConfig>;

/** The settings of a Job. `hostAliases` has the names that its pod can't resolve by itself, with their addresses. */
export type ReportJobSettings = ReturnType<typeof jobSettings> & { hostAliases?: V1HostAlias[] };

/** Returns the settings of Jobs from the configuration, without host aliases, which are resolved at each launch. */
export function jobSettings(config: JobLauncherConfig) {
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
