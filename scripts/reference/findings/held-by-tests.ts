/** A behavior of other software that this project relies on. A test of this project fails if the behavior changes. */
export interface HeldByTest {
  claim: string;
  version: string;
  /** Where the behavior is documented or discussed, as Markdown. `observed` if only the test shows it. */
  source: string;
  test: { file: string; title: string };
  /** Where the project handles it. The file contains this code. */
  line: { file: string; code: string };
}

const propagation = 'packages/propagation/src';

export const HELD_BY_TESTS: readonly HeldByTest[] = [
  {
    claim:
      "In the value of a container's environment variable, Kubernetes replaces `$(NAME)` with the value of the variable `NAME`. A caller can send a `tracestate` that contains `$(NAME)`. If a program copies this `tracestate` unchanged into a variable of a Job, the value of `NAME`, such as a password, becomes a part of the Job's `tracestate`. The Job then sends it to other services.",
    version: 'Kubernetes 1.34.4',
    source:
      '[V1EnvVar](https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables)',
    test: {
      file: 'tests/conformance/propagation/expansion.test.ts',
      title: 'an unescaped tracestate would copy a secret',
    },
    line: { file: `${propagation}/carriers/v1-env-var.ts`, code: "value.replaceAll('$', '$$$$')" },
  },
  {
    claim:
      'If a container of a Kubernetes pod has the same environment variable twice, the process gets only the last value. The API server stores both entries, and only warns.',
    version: 'Kubernetes 1.34.4',
    source: 'observed',
    test: {
      file: `${propagation}/carriers/v1-env-var.test.ts`,
      title: 'reads the last duplicate as the kubelet does',
    },
    line: { file: `${propagation}/carriers/v1-env-var.ts`, code: 'env.push({ name, value' },
  },
  {
    claim:
      "The last part of a `traceparent` has the trace flags, a number in two hex digits. OpenTelemetry's W3C propagator for JavaScript always writes a `0` before the number. So if the number is above 15, it writes three digits. By the rules of W3C, a receiver ignores such a `traceparent`, and the trace breaks.",
    version: '@opentelemetry/core 3.0.0',
    source: 'observed',
    test: { file: `${propagation}/inject.test.ts`, title: 'masks flags that would make an invalid header' },
    line: { file: `${propagation}/trace-flags.ts`, code: 'RANDOM_TRACE_FLAG = 0x02' },
  },
  {
    claim:
      "The random flag of a `traceparent` says that the trace id is random. In OpenTelemetry's SDK for JavaScript, a span does not get this flag from its parent. So the next service receives a `traceparent` without the flag.",
    version: '@opentelemetry/sdk-trace 3.0.0',
    source: '[W3C](https://www.w3.org/TR/trace-context-2/#random-trace-id-flag)',
    test: {
      file: `${propagation}/strict/propagator.test.ts`,
      title: 'carries the random flag past an SDK span',
    },
    line: {
      file: `${propagation}/strict/propagator.ts`,
      code: "createContextKey('trace id with random flag')",
    },
  },
  {
    claim:
      "W3C asks services to pass on at least 512 characters of a `tracestate`. OpenTelemetry's W3C propagator for JavaScript passes on at most 512. It drops each member that would make the list longer, so the result may be much shorter than 512.",
    version: '@opentelemetry/core 3.0.0',
    source: '[W3C](https://www.w3.org/TR/trace-context-2/#tracestate-limits)',
    test: {
      file: `${propagation}/strict/propagator.test.ts`,
      title: 'keeps a state that upstream would shorten',
    },
    line: { file: `${propagation}/limits.ts`, code: 'MAX_TRACESTATE_BYTES' },
  },
  {
    claim:
      "OpenTelemetry's JavaScript propagators for AWS X-Ray, Jaeger, and OpenTracing (OT) get a list of all field names (`keys()`), and search it for lower-case names. The names of environment variables are in upper case. So in environment variables, the X-Ray propagator finds no context, and the other two find no baggage.",
    version: 'propagator-aws-xray 3.0.0, propagator-jaeger 2.12.0, propagator-ot-trace 0.29.0',
    source: '[script](../../findings/a-propagator-that-lists-keys-reads-no-environment.sh)',
    test: { file: `${propagation}/round-trip.test.ts`, title: 'makes the round trip' },
    line: { file: `${propagation}/checked-carrier.ts`, code: 'keys(carrier: C): string[]' },
  },
  {
    claim:
      'If a program registers its OpenTelemetry SDK through version 1.9 of `@opentelemetry/api`, a library that loads version 1.10 does not find the SDK. The library then creates no spans, and nothing is logged.',
    version: '@opentelemetry/api 1.9.1 and 1.10.0',
    source: '[script](../../findings/an-older-copy-of-the-api-hides-the-sdk.sh)',
    test: {
      file: `${propagation}/explain-silence.test.ts`,
      title: 'warns once about an SDK of an older API',
    },
    line: { file: `${propagation}/explain-silence.ts`, code: 'npm ls @opentelemetry/api' },
  },
  {
    claim:
      'In Node.js, a module that is loaded with `--import` can make a context active, such as the context of the caller. This context is no longer active when the main module runs, so every span that the main module starts is a root.',
    version: 'Node.js 24.21, @opentelemetry/context-async-hooks 3.0.0',
    source: 'observed',
    test: {
      file: 'tests/conformance/propagation/implicit/implicit.test.ts',
      title: 'a program joins wherever its work starts',
    },
    line: {
      file: `${propagation}/extracted-root-context-manager.ts`,
      code: 'this.#roots.has(active) ? this.#extracted : active',
    },
  },
  {
    claim:
      "After an uncaught error or `process.exit()`, Node.js doesn't emit `beforeExit`. A batch processor that sends its last spans in `beforeExit` loses them.",
    version: 'Node.js 24.21',
    source: '[Node.js](https://nodejs.org/docs/latest-v24.x/api/process.html#event-beforeexit)',
    test: {
      file: 'tests/integration/job-exit.test.ts',
      title: 'uncaught error keeps exit code 1 and its message',
    },
    line: {
      file: 'packages/telemetry/src/lifecycle.ts',
      code: "process.on('exit', (code) => lastTry(telemetry, code))",
    },
  },
  {
    claim:
      "In MongoDB's Node.js driver 7.9, the option `timeoutMS` has no effect. The driver's other time limits, such as `socketTimeoutMS`, apply to each try of an operation. If the first try fails, the driver repeats a read, and most kinds of writes, once. So these operations may take twice as long as the time limit.",
    version: 'mongodb 7.9.0',
    source: '[script](../../findings/the-time-limit-has-no-effect.sh)',
    test: {
      file: 'tests/integration/mongo-bounds.test.ts',
      title: 'a frozen server holds no operation longer than promised',
    },
    line: { file: 'packages/service-kit/src/mongo.ts', code: 'const WAIT_MS = 700' },
  },
  {
    claim:
      "In MongoDB's Node.js driver 7.9, a `bulkWrite` that times out rejects with a `MongoBulkWriteError`, which is a server error, although no server answered. The network error is only in its field `errorResponse`.",
    version: 'mongodb 7.9.0',
    source: '[script](../../findings/a-bulk-write-turns-a-time-out-into-a-server-error.sh)',
    test: {
      file: 'packages/service-kit/src/mongo-unavailable.test.ts',
      title: 'a bulk write without an answer',
    },
    line: {
      file: 'packages/service-kit/src/mongo-unavailable.ts',
      code: 'The error from which a MongoBulkWriteError was made',
    },
  },
  {
    claim:
      "In MongoDB's Node.js driver 7.9, if the first attempt of a `MongoClient` to connect fails, every later operation of that client fails with `Topology is closed`.",
    version: 'mongodb 7.9.0',
    source: 'observed',
    test: {
      file: 'tests/integration/late-database.test.ts',
      title: 'a client that starts before its database finds it',
    },
    line: { file: 'packages/service-kit/src/connect-again.ts', code: "client.on('topologyClosed'" },
  },
  {
    claim:
      'If you read a trace from the in-memory store of Jaeger without the query parameter `raw_traces=true`, Jaeger changes the stored trace. For example, it gives some spans another id.',
    version: 'Jaeger 2.13.0',
    source: '[script](../../findings/reading-a-trace-changes-it.sh)',
    test: { file: 'packages/traces/src/read/jaeger.test.ts', title: 'a trace is read as it was stored' },
    line: { file: 'packages/traces/src/read/jaeger.ts', code: 'rawTraces=true&raw_traces=true' },
  },
  {
    claim:
      "In Kubernetes, the state that a pod shows during its deletion may differ from the pod's final state. So a program that reports how pods end must wait until the pod is gone.",
    version: 'Kubernetes 1.34.4',
    source: 'observed',
    test: {
      file: 'services/job-launcher/observer/outcome.test.ts',
      title: 'pod on its way out is judged when it is gone',
    },
    line: {
      file: 'services/job-launcher/observer/outcome.ts',
      code: 'const { pod, isGone } = seen',
    },
  },
];
