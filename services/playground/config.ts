import { httpConfig, httpUrl, localUrl, onOff, otlpUrl, port } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { service } from './service.ts';

export const playgroundConfig = z.object({
  ...httpConfig,
  PLAYGROUND_PORT: port(service.port.number).describe('Port of the playground.'),
  WRITER_URL: localUrl(8081).describe('The URL of the writer.'),
  POLLER_URL: localUrl(8082).describe('The URL of the poller.'),
  JOB_LAUNCHER_URL: localUrl(8083).describe('The URL of the job-launcher.'),
  TRACES_URL: localUrl(16_686).describe('Where people open a trace: `<TRACES_URL>/trace/<traceId>`.'),
  TRACES_QUERY_URL: httpUrl()
    .optional()
    .describe('Where the playground reads traces, if that is not `TRACES_URL`.'),
  LOGS_QUERY_URL: httpUrl()
    .optional()
    .describe('Where the playground reads log lines: `<LOGS_QUERY_URL>/api/logs`. Unset: it shows none.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl(4318).describe(
    "Where the playground's server sends the span of the click. The browser has no exporter.",
  ),
  DEMO_CONTROLS: onOff('off').describe(
    'Whether the page may act on the queue: place orders at a rate, pause the poller, requeue dead letters, and approve orders.',
  ),
});
