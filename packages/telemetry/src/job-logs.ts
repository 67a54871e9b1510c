import { logs } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { LogExporter } from './export/log-exporter.ts';

/**
 * Exports a job's log lines over OTLP, in addition to stdout. A job loads this module only if necessary, because it takes time to
 * load.
 */
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
