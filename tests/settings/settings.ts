/** The programs or parts that read settings. For a quick test, one setting of each kind is enough. */
export const KINDS = [
  'opentelemetry',
  'node',
  'proxy',
  'job',
  'kubernetes',
  'shell',
  'own',
  'npm',
  'test',
] as const;

/** Shell variables that must not change what `npm start` shows. */
export interface Setting {
  kind: (typeof KINDS)[number];
  env: Record<string, string>;
  /** The variables that the first line of `npm start` names as left out. Absent if the setting is harmless. */
  leavesOut?: string[];
  /** The database for the orders, if the setting names one. */
  database?: string;
}

const ELSEWHERE = 'http://127.0.0.1:9';
const FOREIGN_TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const otel = (env: Record<string, string>): Setting => ({
  kind: 'opentelemetry',
  env,
  leavesOut: Object.keys(env),
});
const harmlessOtel = (env: Record<string, string>): Setting => ({ kind: 'opentelemetry', env });

/** To add a setting, add a row. */
export const SETTINGS: readonly Setting[] = [
  otel({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${ELSEWHERE}/v1/traces` }),
  otel({ OTEL_EXPORTER_OTLP_ENDPOINT: ELSEWHERE }),
  otel({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic 100%zz' }),
  otel({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }),
  otel({ OTEL_EXPORTER_OTLP_TIMEOUT: '1', OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such.pem' }),
  otel({ OTEL_SDK_DISABLED: 'true' }),
  otel({ OTEL_TRACES_EXPORTER: 'none' }),
  otel({ OTEL_TRACES_EXPORTER: 'console' }),
  otel({ OTEL_TRACES_SAMPLER: 'always_off' }),
  otel({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.05' }),
  otel({ OTEL_PROPAGATORS: 'b3' }),
  otel({ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,express' }),
  otel({ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'undici,mongodb' }),
  otel({
    OTEL_BSP_MAX_QUEUE_SIZE: '1',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1',
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  }),
  otel({ OTEL_SPAN_LINK_COUNT_LIMIT: '0', OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1' }),
  otel({ OTEL_SEMCONV_STABILITY_OPT_IN: 'http/dup' }),
  otel({ OTEL_CONFIG_FILE: '/no/such.yaml', OTEL_EXPERIMENTAL_CONFIG_FILE: '/no/such.yaml' }),
  otel({ OTEL_SERVICE_NAME: 'zz' }),
  otel({ OTEL_LOGS_EXPORTER: 'none' }),
  otel({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: ELSEWHERE }),
  harmlessOtel({ OTEL_RESOURCE_ATTRIBUTES: 'team=a,service.name=zz' }),
  harmlessOtel({ OTEL_RESOURCE_ATTRIBUTES: '100%zz,,=' }),
  harmlessOtel({ OTEL_METRICS_EXPORTER: 'otlp' }),
  harmlessOtel({ OTEL_METRICS_EXPORTER: 'prometheus' }),
  harmlessOtel({ OTEL_LOG_LEVEL: 'ALL' }),

  node({ NODE_OPTIONS: '--require @opentelemetry/auto-instrumentations-node/register' }),
  node({ NODE_OPTIONS: '--import @opentelemetry/auto-instrumentations-node/register' }),
  node({ NODE_OPTIONS: '--no-experimental-strip-types' }),
  node({ NODE_OPTIONS: '--inspect=127.0.0.1:0' }),
  node({ NODE_PRESERVE_SYMLINKS: '1' }),
  { kind: 'node', env: { NODE_ENV: 'production' } },
  { kind: 'node', env: { NODE_DEBUG: 'http,net', DEBUG: '*' } },
  { kind: 'node', env: { NODE_EXTRA_CA_CERTS: '/no/such.pem' } },

  proxy({ HTTP_PROXY: ELSEWHERE, NODE_USE_ENV_PROXY: '1' }),
  proxy({ http_proxy: ELSEWHERE, https_proxy: ELSEWHERE, NO_PROXY: 'intra.net', NODE_USE_ENV_PROXY: '1' }),
  { ...proxy({ HTTP_PROXY: ELSEWHERE, NODE_OPTIONS: '--use-env-proxy' }), leavesOut: ['NODE_OPTIONS'] },
  proxy({ ALL_PROXY: ELSEWHERE, npm_config_proxy: ELSEWHERE, npm_config_https_proxy: ELSEWHERE }),

  job({ JOB_COMPLETION_INDEX: '0' }),
  job({ K8S_JOB_NAME: 'ci', TRACEPARENT: FOREIGN_TRACE }),
  job({ TRACEPARENT: FOREIGN_TRACE, TRACESTATE: 'a=b', BAGGAGE: 'demo.customer.tier=gold' }),
  job({ JOB_IMAGE: 'nginx', JOB_NAMESPACE: 'production', JOB_OTLP_ENDPOINT: ELSEWHERE }),
  job({ JOB_MONGODB_URI: 'mongodb://127.0.0.1:9', JOB_MONGODB_SECRET: 'other' }),
  job({ JOB_SERVICE_ACCOUNT: 'other', JOB_HOST_ALIASES: 'mongo,jaeger' }),
  { kind: 'job', env: { JOB_NAME: 'nightly', JOB_URL: 'https://ci.example/1', BUILD_ID: '1' } },

  kubernetes({ KUBECONFIG: '/no/such/a:/no/such/b' }),
  kubernetes({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }),

  { kind: 'shell', env: { FORCE_COLOR: '3' }, leavesOut: ['FORCE_COLOR'] },
  { kind: 'shell', env: { NO_COLOR: '1', TERM: 'dumb', CI: 'true' } },
  { kind: 'shell', env: { TMPDIR: '/dev/null/tmp' }, leavesOut: ['TMPDIR'] },
  { kind: 'shell', env: { TMPDIR: 'local' }, leavesOut: ['TMPDIR'] },
  { kind: 'shell', env: { LC_ALL: 'xx_XX.UTF-8', LANG: 'xx', TZ: 'Asia/Kathmandu' } },
  { kind: 'shell', env: { HOST: 'x86_64-conda-linux-gnu', PORT: '80' }, leavesOut: ['HOST'] },
  { kind: 'shell', env: { XDG_CACHE_HOME: '/no/such', npm_config_loglevel: 'silent' } },

  { kind: 'own', env: { MONGODB_DATABASE: 'of_the_shell' }, database: 'of_the_shell' },
  {
    kind: 'own',
    env: { WRITER_URL: ELSEWHERE, TRACES_URL: ELSEWHERE, TRACES_QUERY_URL: ELSEWHERE, DEMO_CONTROLS: 'off' },
    leavesOut: ['WRITER_URL', 'TRACES_URL', 'TRACES_QUERY_URL', 'DEMO_CONTROLS'],
  },
  { kind: 'own', env: { LOG_LEVEL: 'debug', BATCH_SIZE: '1', WAKE_UP: 'off' } },
];

function node(env: Record<string, string>): Setting {
  return { kind: 'node', env, leavesOut: Object.keys(env) };
}

function proxy(env: Record<string, string>): Setting {
  return { kind: 'proxy', env };
}

function job(env: Record<string, string>): Setting {
  return { kind: 'job', env, leavesOut: Object.keys(env) };
}

function kubernetes(env: Record<string, string>): Setting {
  return { kind: 'kubernetes', env, leavesOut: Object.keys(env) };
}

/** Returns the setting as it appears in the name of its test. */
export const nameOf = ({ env }: { env: Record<string, string> }): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
