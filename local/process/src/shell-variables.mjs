import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/**
 * The rules for variables of the user's shell, so that the demo and its tests do the same on every machine. A variable without a rule
 * reaches every process unchanged. This file is plain JavaScript, because the set-up reads it before Node.js 24 is installed.
 *
 * - `dropped`: processes start without it.
 * - `pinned`: processes get the system's own value instead.
 * - `honored`: processes get it. `npm start` lists it, because it changes what the demo does.
 * - `extended`: processes get it with the addresses of this machine added.
 *
 * @typedef {'dropped' | 'pinned' | 'honored' | 'extended'} Treatment
 * @typedef {object} Rule
 * @property {readonly string[]} names Names, or prefixes that end in `*`. The first rule that matches applies.
 * @property {Treatment} start The treatment by `npm start`, and in each system that a test starts.
 * @property {Treatment} tests The treatment in each test process.
 * @property {boolean} [everywhere] Whether it affects every command, so that the set-up applies the rule to all of them.
 * @property {(value: string) => boolean} [unless] Returns true for a value that stays unchanged.
 * @property {string} why The reason, which docs/reference/environment-variables.md shows.
 */

/** @type {readonly Rule[]} */
export const SHELL_VARIABLES = [
  {
    names: ['NODE_OPTIONS', 'NODE_PRESERVE_SYMLINKS', 'NODE_PRESERVE_SYMLINKS_MAIN'],
    start: 'dropped',
    tests: 'dropped',
    everywhere: true,
    why: 'These variables can load code, such as a second SDK, into every Node.js process, or change where the process finds modules.',
  },
  {
    names: ['NO_PROXY', 'no_proxy'],
    start: 'extended',
    tests: 'extended',
    everywhere: true,
    why: 'If you set `NODE_USE_ENV_PROXY`, Node.js uses your proxy, except for the addresses that these variables list. The addresses of this machine are added to the list, so that calls between processes on this machine do not go to the proxy.',
  },
  {
    names: ['TMPDIR', 'TMP', 'TEMP'],
    start: 'dropped',
    tests: 'dropped',
    everywhere: true,
    unless: isWritableFolder,
    why: 'Programs write temporary files to the folder that such a variable names. If the value is the absolute path of a writable folder, the variable is used. Otherwise, it is left out.',
  },
  {
    names: ['FORCE_COLOR'],
    start: 'dropped',
    tests: 'dropped',
    why: 'With this variable, processes add color codes to their output. `npm start` and the tests read the output of the processes that they start, and expect plain text.',
  },
  {
    names: [
      'OTEL_RESOURCE_ATTRIBUTES',
      'OTEL_LOG_LEVEL',
      'OTEL_METRICS_EXPORTER',
      'OTEL_METRIC_*',
      'OTEL_EXPORTER_OTLP_METRICS_*',
    ],
    start: 'honored',
    tests: 'dropped',
    why: 'These variables add attributes, or set up logs and metrics. `npm start` uses them, because they do not change how the spans of a trace are connected. The tests leave them out, because a test could fail with your values.',
  },
  {
    names: ['OTEL_SERVICE_NAME', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_LOGS_EXPORTER'],
    start: 'pinned',
    tests: 'dropped',
    why: "Each service has its own name, and all services send spans and log lines to the demo's own store.",
  },
  {
    names: ['OTEL_*'],
    start: 'dropped',
    tests: 'dropped',
    why: 'All other variables of OpenTelemetry. They could send spans elsewhere, leave some out, or shorten them, so the trace would be incomplete.',
  },
  {
    names: [
      'HOST',
      'DEMO_CONTROLS',
      'TELEMETRY_JOURNAL_DIR',
      'KUBECONFIG',
      'CLUSTER_IMAGES',
      'CLUSTER_KUBECONFIG',
      'JOB_IMAGE',
      'JOB_NAMESPACE',
      'JOB_MONGODB_SECRET',
      'JOB_MONGODB_DATABASE',
      'JOB_OTLP_ENDPOINT',
      'JOB_LOGS_ENDPOINT',
      'LOGS_QUERY_URL',
      'JOB_LAUNCHER_URL',
      'POLLER_URL',
      'WRITER_URL',
      'TRACES_URL',
    ],
    start: 'pinned',
    tests: 'honored',
    why: 'The demo sets these variables itself, so that its processes find each other, and its Jobs run in its own cluster. Some tests use your value, such as `KUBECONFIG` to find a cluster, or `WRITER_URL` to find a running writer.',
  },
  {
    names: ['TRACES_QUERY_URL', 'JOB_MONGODB_URI', 'JOB_SERVICE_ACCOUNT', 'JOB_HOST_ALIASES'],
    start: 'dropped',
    tests: 'dropped',
    why: 'These variables name parts that the local system does not have.',
  },
  {
    names: [
      'K8S_*',
      'KUBERNETES_SERVICE_*',
      'JOB_COMPLETION_INDEX',
      'ORDER_ID',
      'DEMO_JOB_FAULT',
      'TERMINATION_MESSAGE_PATH',
      'TLS_DIRECTORY',
    ],
    start: 'dropped',
    tests: 'dropped',
    why: 'These variables would make a process behave as if it ran in a cluster or in the pod of a Job.',
  },
  {
    names: [
      'TRACEPARENT',
      'TRACESTATE',
      'BAGGAGE',
      'B3',
      'X_B3_*',
      'UBER_TRACE_ID',
      'UBERCTX_*',
      'X_AMZN_TRACE_ID',
    ],
    start: 'dropped',
    tests: 'dropped',
    why: 'These variables hold the trace context in which the shell was started. Orders must not join that trace.',
  },
  {
    names: ['TELEMETRY_PROFILE', 'TELEMETRY_IMPLICIT_EXTRACTION'],
    start: 'dropped',
    tests: 'dropped',
    why: 'These variables would make a service behave like a Job, or join the trace of the shell.',
  },
  {
    names: [
      'MONGODB_URI',
      'MONGODB_DATABASE',
      'LOG_LEVEL',
      'EDGE_POLICY',
      'BAGGAGE_KEYS',
      'ALLOWED_HOSTS',
      'RATE_LIMIT*',
      'TRUSTED_PROXIES',
      'TELEMETRY_*',
      'POLL_INTERVAL_MS',
      'WAKE_UP',
      'CONCURRENCY',
      'BATCH_SIZE',
      'LEASE_MS',
      'MAX_ATTEMPTS',
      'RETRY_BASE_MS',
      'RETRY_MAX_MS',
      'STOP_GRACE_MS',
      'TRACE_MAX_*',
      'HOLD_*',
      'TRACE_SHAPE',
      'OBSERVER_*',
      'JOB_BACKOFF_LIMIT',
      'JOB_DEADLINE_SECONDS',
      'JOB_TTL_SECONDS',
      'JOB_MEMORY_LIMIT',
      'CLUSTER_TIME_SCALE',
      'TRACE_STORE_*',
    ],
    start: 'honored',
    tests: 'dropped',
    why: 'These variables are settings of the demo, so `npm start` uses them. The tests leave them out: each test sets the values that it needs, or uses the defaults.',
  },
];

/**
 * A relative path names another folder in each process, because each has its own working directory.
 *
 * @param {string} path
 */
function isWritableFolder(path) {
  if (!isAbsolute(path)) return false;
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
