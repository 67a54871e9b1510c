import { inDecimal } from '@beyond-headers/contracts';
import { httpConfig, localUrl, milliseconds, mongoConfig, onOff, port } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { service } from './service.ts';

export const writerConfig = z.object({
  ...httpConfig,
  ...mongoConfig,
  WRITER_PORT: port(service.port.number).describe('Port of the writer.'),
  TRACES_URL: localUrl(16_686).describe(
    'Where people open a trace: `links.trace` in a response is `<TRACES_URL>/trace/<traceId>`.',
  ),
  RATE_LIMIT: inDecimal(z.coerce.number('Expected a whole number, 1 or more').int().min(1).max(1_000_000))
    .optional()
    .describe(
      'How many requests a client may send within `RATE_LIMIT_WINDOW_MS`. A client that sends more gets 429. Unset: no limit.',
    ),
  RATE_LIMIT_WINDOW_MS: milliseconds(60_000).describe(
    'The time in which the requests of `RATE_LIMIT` are counted.',
  ),
  TRUSTED_PROXIES: inDecimal(z.coerce.number('Expected a whole number').int().min(0).max(10))
    .default(0)
    .describe(
      'The number of proxies in front of the writer. The client is the address at that position from the end of `X-Forwarded-For`. ' +
        'With 0, the header is not read.',
    ),
  DEMO_CONTROLS: onOff('off').describe(
    'Whether the field `demo` of an order takes effect, and `GET /orders/{id}/carrier` is served.',
  ),
});
