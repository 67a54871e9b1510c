import { register } from 'import-in-the-middle/register-hooks.mjs';
import { isKubernetesJob } from '@beyond-headers/propagation';
import { deliverLastSpans } from './deliver-last-spans.ts';
import { onDerivedSpan } from './derived-span.ts';
import { INSTRUMENTATION_NAMES, loadInstrumentations } from './instrumentations.ts';
import { watchProcessEnd } from './lifecycle.ts';
import { createPropagator } from './propagator.ts';
import { describeProcess } from './resource.ts';
import { createSpanPipeline } from './span-pipeline.ts';
import type { TelemetrySettings } from './settings.ts';

/** What a job's own code may call; it serves nothing. */
const JOB_INSTRUMENTATIONS = ['mongodb', 'undici'];

/** What is patched only where ESM imports it. The others are CommonJS inside or report by themselves, and the hook costs memory. */
const NEEDS_IMPORT_HOOK = new Set(['express']);

/** Sets up tracing for this process: the light way in a Kubernetes Job, with the whole SDK elsewhere. */
export async function startTelemetry(settings: TelemetrySettings, env: NodeJS.ProcessEnv): Promise<void> {
  const isJob = isKubernetesJob(env);
  const names = settings.instrumentations ?? (isJob ? JOB_INSTRUMENTATIONS : INSTRUMENTATION_NAMES);
  // A copy: the hook adds names of its own to the list that it is given.
  if (names.some((name) => NEEDS_IMPORT_HOOK.has(name))) register({ include: [...names] });
  const { processors, unexported } = await createSpanPipeline(settings);
  const parts = {
    resource: describeProcess(settings.serviceName, env),
    processors,
    propagator: createPropagator(settings),
    instrumentations: await loadInstrumentations(names),
  };
  const sdk = isJob
    ? (await import('./job-sdk.ts')).startJobSdk(parts, env)
    : (await import('./service-sdk.ts')).startServiceSdk(parts);
  if (!isJob) {
    const { derivedSpanRecorder } = await import('./derived-span-provider.ts');
    onDerivedSpan(derivedSpanRecorder(parts.resource, processors));
  }
  if (settings.journalDirectory) {
    const { recoverJournals } = await import('./journal-recovery.ts');
    void recoverJournals(settings.journalDirectory, settings.tracesUrl);
  }
  // A service may take its time to end, and has metrics to deliver as well; a job's end is somebody's wait.
  const shutdown = () => (isJob ? deliverLastSpans(unexported, settings) : sdk.shutdown());
  watchProcessEnd({ settings, unexported, shutdown });
}
