import { readFile } from 'node:fs/promises';
import { propagation, trace, type Context } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator } from '@opentelemetry/core';
import type { V1EnvVar } from '@kubernetes/client-node';
import { injectIntoPodSpec, StrictTraceContextPropagator } from '@beyond-headers/propagation';
import { makeNamespace } from '../../cluster/support/namespace.ts';
import { prepareCluster } from '../../cluster/support/prepare.ts';
import { envJob, runJob, type EnvJobs } from './environment/env-job.ts';
import { digestOf, FULL, manyVariables } from './environment/full-context.ts';
import { isStored, largest, listOf, startsWithMaps, starts } from './environment/limits.ts';
import type { Figure } from './figure.ts';

const VARIABLES = 2_000;
const VALUES_BYTES = 120_000;
const PROGRAM = new URL('./environment/read-environment.mjs', import.meta.url);

/** Measures a Job with thousands of variables, and how large its environment may become, on a real kubelet. */
export async function run(): Promise<Figure[] | string> {
  const missing = await prepareCluster();
  if (missing) return missing;
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [new StrictTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
  );
  const namespace = await makeNamespace();
  const { batch, core, name } = namespace;
  const jobs = { batch, core, namespace: name, image: process.env['REPORT_JOB_IMAGE'] ?? '' };
  try {
    return [...(await carried(jobs)), ...(await limits(jobs))];
  } finally {
    await namespace.remove();
  }
}

/** Injects a context into a Job with many variables, creates the Job, and extracts the context in its pod. */
async function carried(jobs: EnvJobs): Promise<Figure[]> {
  const env = manyVariables(VARIABLES, VALUES_BYTES);
  const digest = digestOf(env);
  const job = envJob(jobs, 'carried', env.map(escaped), await readFile(PROGRAM, 'utf8'));
  const fewMs = injectTime(() => []);
  const manyMs = injectTime(() => env.map(escaped));
  injectIntoPodSpec(job, FULL);
  const { said } = await runJob(jobs, job);
  const arrived = JSON.parse(said) as Record<string, unknown>;
  const sent = contextFields(FULL);
  return [
    {
      what: `variables of the Job that arrived unchanged, of ${VARIABLES}`,
      result: arrived['digest'] === digest ? Number(arrived['others']) : 0,
      expected: VARIABLES,
    },
    {
      what: `how the trace id, the span id, and the \`tracestate\` of ${sent.state?.length} characters arrived`,
      result: same(arrived, sent, ['traceId', 'spanId', 'state']),
      expected: 'exact',
    },
    {
      what: `how the baggage of ${sent.baggage?.length} characters arrived`,
      result: same(arrived, sent, ['baggage']),
      expected: 'exact',
    },
    {
      what: `time to inject a context: into a list of ${VARIABLES} variables / into an empty list`,
      result: (manyMs / fewMs).toFixed(1),
    },
    {
      what: `time to inject a context into a list of ${VARIABLES} variables`,
      result: `${manyMs.toFixed(3)} ms`,
    },
    {
      what: 'time that the program in the pod needs to extract the context',
      result: `${Number(arrived['extractMs']).toFixed(1)} ms`,
    },
  ];
}

function same(arrived: Record<string, unknown>, sent: Record<string, unknown>, fields: string[]): string {
  return fields.every((field) => arrived[field] === sent[field])
    ? 'exact'
    : JSON.stringify(arrived).slice(0, 200);
}

function contextFields(context: Context) {
  const { traceId, spanId, traceState } = trace.getSpanContext(context) ?? {};
  const baggage = propagation.getBaggage(context)?.getEntry('tenant')?.value;
  return { traceId, spanId, state: traceState?.serialize(), baggage };
}

/** Escapes a value for the kubelet, which expands `$(NAME)` and replaces `$$` with `$`. */
const escaped = ({ name, value = '' }: V1EnvVar): V1EnvVar => ({
  name,
  value: value.replaceAll('$', '$$$$'),
});

/** Returns the median time of many injections, in milliseconds. The time to make the list doesn't count. */
function injectTime(makeEnv: () => V1EnvVar[]): number {
  const times = Array.from({ length: 201 }, () => {
    const podSpec = { containers: [{ env: makeEnv() }] };
    const startedAt = performance.now();
    injectIntoPodSpec(podSpec, FULL);
    return performance.now() - startedAt;
  });
  return times.toSorted((a, b) => a - b)[100]!;
}

async function limits(jobs: EnvJobs): Promise<Figure[]> {
  const one = (bytes: number) => starts(jobs, [{ name: 'ONE', value: 'v'.repeat(bytes - 'ONE='.length) }]);
  const variable = await largest(131_000, 131_100, 1, async (bytes) => (await one(bytes)).succeeded);
  const job = await largest(
    1_000_000,
    2_000_000,
    1_000,
    async (bytes) => (await isStored(jobs, listOf(bytes))).succeeded,
  );
  const refused = await isStored(jobs, listOf(job + 10_000));
  const beyond = await startsWithMaps(jobs);
  return [
    {
      what: 'largest variable with which a container starts, in bytes, including its name and `=`',
      result: variable,
      expected: 131_071,
    },
    {
      what: `error of a container with a variable of ${variable + 1} bytes`,
      result: (await one(variable + 1)).said.trim(),
    },
    { what: 'largest environment with which the API server accepts a Job', result: `${job / 1_000} kB` },
    {
      what: `answer of the API server to a Job with an environment of ${(job + 10_000) / 1_000} kB`,
      result: refused.said,
    },
    {
      what: 'largest environment with which a container starts, if most variables come from ConfigMaps',
      result: `${beyond / 1_000} kB`,
    },
  ];
}
