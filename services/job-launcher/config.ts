import {
  commonConfig,
  count,
  httpUrl,
  mongoConfig,
  mongodbUri,
  onOff,
  port,
} from '@beyond-headers/service-kit';
import { z } from 'zod';

const kubernetesName = () =>
  z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
      'Expected a Kubernetes name: lower-case letters, digits, - and .',
    );

const hostName = () =>
  z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/i, 'Expected host names separated by commas');

function toNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** The cluster itself comes from KUBECONFIG, ~/.kube/config or the pod's service account, as for every Kubernetes client. */
export const jobLauncherConfig = z.object({
  ...commonConfig,
  JOB_LAUNCHER_PORT: port(8083),
  TRACES_URL: httpUrl().default('http://127.0.0.1:16686'),
  JOB_NAMESPACE: kubernetesName().default('default'),
  JOB_IMAGE: z.string().min(1).default('report-job:local'),
  /** What the job's pod gets as MONGODB_URI, where the URI holds no password. */
  JOB_MONGODB_URI: mongodbUri().optional(),
  /** The Secret (key `uri`) that the job's pod gets MONGODB_URI from; wins over JOB_MONGODB_URI. */
  JOB_MONGODB_SECRET: kubernetesName().optional(),
  JOB_MONGODB_DATABASE: mongoConfig.MONGODB_DATABASE,
  /** Where the job's pod sends its spans. */
  JOB_OTLP_ENDPOINT: httpUrl().default('http://127.0.0.1:4318'),
  JOB_BACKOFF_LIMIT: z.coerce.number('Expected a whole number').int().min(0).max(20).default(2),
  JOB_DEADLINE_SECONDS: count(300),
  JOB_TTL_SECONDS: count(3_600),
  JOB_SERVICE_ACCOUNT: kubernetesName().optional(),
  JOB_MEMORY_LIMIT: z
    .string()
    .regex(/^[0-9]+(Ki|Mi|Gi)$/, 'Expected a memory size such as 256Mi')
    .default('256Mi'),
  /** Names, separated by commas, that this service resolves for the pod: `mongo,jaeger`. */
  JOB_HOST_ALIASES: z.string().default('').transform(toNames).pipe(z.array(hostName())),
  /** How far back the outcomes of Jobs are told again when this service starts. */
  OBSERVER_REPLAY_SECONDS: count(900),
  /** Whether GET /reports/:jobName/carrier is served. */
  DEMO_CONTROLS: onOff('off'),
});
