import { allowedHosts, commonConfig, httpUrl, port } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { service } from './service.ts';

export const playgroundConfig = z.object({
  ...commonConfig,
  PLAYGROUND_PORT: port(service.port.number).describe('Port of the playground.'),
  ALLOWED_HOSTS: allowedHosts(),
  WRITER_URL: httpUrl().default('http://127.0.0.1:8081').describe('The writer that orders are placed at.'),
  JOB_LAUNCHER_URL: httpUrl()
    .default('http://127.0.0.1:8083')
    .describe("The job-launcher that is asked for a Job's carrier."),
  TRACES_URL: httpUrl()
    .default('http://127.0.0.1:16686')
    .describe('Where people open a trace: `<TRACES_URL>/trace/<traceId>`.'),
  TRACES_QUERY_URL: httpUrl()
    .optional()
    .describe("Where the playground reads traces, when that is another address than people's."),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl()
    .default('http://127.0.0.1:4318')
    .describe('Where the span of the click goes: the browser has no exporter of its own.'),
});
