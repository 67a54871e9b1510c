import { allowedHosts, commonConfig, httpUrl, mongoConfig, onOff, port } from '@beyond-headers/service-kit';
import { z } from 'zod';

export const writerConfig = z.object({
  ...commonConfig,
  ...mongoConfig,
  WRITER_PORT: port(8081).describe('Port of the writer.'),
  ALLOWED_HOSTS: allowedHosts(),
  TRACES_URL: httpUrl()
    .default('http://127.0.0.1:16686')
    .describe('Where people open a trace: `links.trace` is `<TRACES_URL>/trace/<traceId>`.'),
  DEMO_CONTROLS: onOff('off').describe(
    'Whether `demo` of an order is obeyed and `GET /orders/{id}/carrier` is served.',
  ),
});
