import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { V1EnvVar, V1Job } from '@kubernetes/client-node';
import type { DemoSwitches } from '@beyond-headers/contracts';
import { envNameOf, injectContext, v1EnvVarCarrier } from '@beyond-headers/propagation';
import { demoContexts } from '@beyond-headers/service-kit';

/** Applies an order's `demo` switches to the complete manifest of its Job. Changes nothing without switches. */
export function spoilJob(job: V1Job, { job: how = 'on', jobFault }: DemoSwitches = {}): V1Job {
  for (const { env = [] } of job.spec?.template.spec?.containers ?? []) {
    SPOIL[how](env);
    if (jobFault) env.push({ name: 'DEMO_JOB_FAULT', value: jobFault });
  }
  return job;
}

const SPOIL: Record<NonNullable<DemoSwitches['job']>, (env: V1EnvVar[]) => unknown> = {
  on: () => undefined,
  off: (env) => injectContext(ROOT_CONTEXT, env, v1EnvVarCarrier),
  stale: (env) => injectContext(demoContexts.stale(), env, v1EnvVarCarrier),
  early: (env) => injectContext(demoContexts.early(), env, v1EnvVarCarrier),
  twice: (env) => env.push(...injectContext(demoContexts.stale(), [], v1EnvVarCarrier)),
  lowercase: (env) => env.forEach(nameAsHeader),
};

function nameAsHeader(variable: V1EnvVar): void {
  const header = propagation.fields().find((field) => envNameOf(field) === variable.name);
  variable.name = header ?? variable.name;
}
