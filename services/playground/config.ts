import { commonConfig, httpUrl, port } from '@beyond-headers/service-kit';
import { z } from 'zod';

export const playgroundConfig = z.object({
  ...commonConfig,
  PLAYGROUND_PORT: port(8080),
  WRITER_URL: httpUrl().default('http://127.0.0.1:8081'),
  JOB_LAUNCHER_URL: httpUrl().default('http://127.0.0.1:8083'),
  /** Where people open a trace: `<TRACES_URL>/trace/<traceId>`. */
  TRACES_URL: httpUrl().default('http://127.0.0.1:16686'),
  /** Where the playground reads traces, when that is another address than people's. */
  TRACES_QUERY_URL: httpUrl().optional(),
  /** Where the span of the click goes: the browser has no exporter of its own. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl().default('http://127.0.0.1:4318'),
});
