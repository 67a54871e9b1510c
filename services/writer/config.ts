import { commonConfig, httpUrl, mongoConfig, onOff, port } from '@beyond-headers/service-kit';
import { z } from 'zod';

export const writerConfig = z.object({
  ...commonConfig,
  ...mongoConfig,
  WRITER_PORT: port(8081),
  /** Where people open a trace: `links.trace` is `<TRACES_URL>/trace/<traceId>`. */
  TRACES_URL: httpUrl().default('http://127.0.0.1:16686'),
  /** Whether GET /orders/:id/carrier is served. */
  DEMO_CONTROLS: onOff('off'),
});
