import { logs } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { LogExporter } from './export/log-exporter.ts';

/** Sends log lines of a job on as OTLP, beside stdout. Loaded by a job only where it is asked for: it takes time to load. */
export function startJobLogs(resource: Resource): { shutdown(): Promise<void> } {
  const exporter = new LogExporter();
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
  logs.setGlobalLoggerProvider(provider);
  return {
    shutdown: () => {
      exporter.stopRetrying();
      return provider.shutdown();
    },
  };
}
