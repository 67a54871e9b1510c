import { httpConfig, httpUrl, localUrl, onOff, otlpUrl, port } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { service } from './service.ts';

export const playgroundConfig = z.object({
  ...httpConfig,
  PLAYGROUND_PORT: port(service.port.number).describe('The port on which the playground listens.'),
  WRITER_URL: localUrl(8081).describe('The URL of the writer.'),
  POLLER_URL: localUrl(8082).describe('The URL of the poller.'),
  JOB_LAUNCHER_URL: localUrl(8083).describe('The URL of the job-launcher.'),
  TRACES_URL: localUrl(16_686).describe(
    'The base URL of the page that shows a trace. The playground links to `<TRACES_URL>/trace/<traceId>`.',
  ),
  TRACES_QUERY_URL: httpUrl()
    .optional()
    .describe('The base URL from which the playground reads traces. Unset: the value of `TRACES_URL`.'),
  LOGS_QUERY_URL: httpUrl()
    .optional()
    .describe(
      "The base URL of the trace store from which the playground reads log lines. It requests `<LOGS_QUERY_URL>/api/logs`. Only this project's own trace store answers this request, and Jaeger doesn't. Unset: the playground shows no log lines.",
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl(4318).describe(
    "The base URL of the collector, the program that receives spans. When you click **Run**, the playground's server sends it a span for the click, because the page itself cannot send spans.",
  ),
  DEMO_CONTROLS: onOff('off').describe(
    'With `on`, you can act on the queue from the page. You can place orders at an even rate, pause the poller, approve orders, and put orders that have failed for good back into the queue.',
  ),
});
