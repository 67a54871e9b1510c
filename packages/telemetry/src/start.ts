import { isKubernetesJob } from '@beyond-headers/propagation';
import { createContextManager } from './context-manager.ts';
import { onDerivedSpan } from './derived-span.ts';
import { showDiagnostics } from './diagnostics.ts';
import { createSpanPipeline } from './export/span-pipeline.ts';
import { hookImports } from './hook-imports.ts';
import { chosenInstrumentations, loadInstrumentations } from './instrumentations.ts';
import { watchProcessEnd } from './lifecycle.ts';
import { warn } from './log.ts';
import { exportsLogs } from './logs-exporters.ts';
import { hasOtherSdk, setPropagator, warnOfOtherCopy } from './other-sdk.ts';
import { createPropagator } from './propagator.ts';
import { describeProcess } from './resource.ts';
import { createSampler } from './sampler.ts';
import type { TelemetrySettings } from './settings.ts';

/** Sets up telemetry for this process: with a light SDK in a Kubernetes Job, and with the whole SDK elsewhere. */
export async function startTelemetry(settings: TelemetrySettings, env: NodeJS.ProcessEnv): Promise<void> {
  if (hasOtherSdk()) {
    warn(
      'another OpenTelemetry SDK is set up in this process: tracing is left to it. Expected one preload; look for the other in NODE_OPTIONS',
    );
    return;
  }
  if (!showDiagnostics(settings.logLevel)) {
    warnOfOtherCopy();
    return;
  }
  setPropagator(await createPropagator(settings));
  const isJob = settings.profile ? settings.profile === 'job' : isKubernetesJob(env);
  const sendsLogs = exportsLogs(settings.logsExporters, isJob);
  const names = chosenInstrumentations(settings.instrumentations, { isJob, exportsLogs: sendsLogs });
  await hookImports(names);
  const pipeline = await createSpanPipeline(settings);
  const parts = {
    contextManager: createContextManager(env, isJob, settings.shape),
    resource: describeProcess(settings.serviceName, env),
    processors: pipeline.processors,
    spanLimits: settings.spanLimits,
    sampler: createSampler(settings.sampler),
    instrumentations: await loadInstrumentations(names, isJob),
    exportsLogs: sendsLogs,
  };
  const sdk = isJob
    ? await (await import('./job-sdk.ts')).startJobSdk(parts)
    : (await import('./service-sdk.ts')).startServiceSdk(parts);
  // If OTEL_LOG_LEVEL is set, upstream's setup replaces the logger with one that shows secrets.
  showDiagnostics(settings.logLevel);
  if (!isJob && pipeline.processors.length > 0) {
    const { derivedSpanRecorder } = await import('./derived-span-provider.ts');
    onDerivedSpan(derivedSpanRecorder(parts));
  }
  watchProcessEnd({ flushBudgetMs: settings.flushBudgetMs, pipeline, shutdown: () => sdk.shutdown() });
}
