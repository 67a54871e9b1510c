import {
  httpConfig,
  inDecimal,
  localUrl,
  milliseconds,
  mongoConfig,
  onOff,
  port,
  type AccessOptions,
} from '@beyond-headers/service-kit';
import { z } from 'zod';
import { service } from './service.ts';

export const writerConfig = z.object({
  ...httpConfig,
  ...mongoConfig,
  WRITER_PORT: port(service.port.number).describe('The port on which the writer listens.'),
  TRACES_URL: localUrl(16_686).describe(
    'The base URL of the page that shows a trace. In the field `links.trace`, responses contain the link `<TRACES_URL>/trace/<traceId>`.',
  ),
  RATE_LIMIT: inDecimal(z.coerce.number('Expected a whole number, 1 or more').int().min(1).max(1_000_000))
    .optional()
    .describe(
      'How many requests a client may send within `RATE_LIMIT_WINDOW_MS`. A client that sends more gets 429. Unset: no limit.',
    ),
  RATE_LIMIT_WINDOW_MS: milliseconds(60_000).describe(
    'The period in which a client may send `RATE_LIMIT` requests.',
  ),
  TRUSTED_PROXIES: inDecimal(z.coerce.number('Expected a whole number').int().min(0).max(10))
    .default(0)
    .describe(
      'The number of proxies in front of the writer. With 1, the last address in the header `X-Forwarded-For` is the ' +
        'client. With 2, the address before it is the client, and so on. With 0, the writer ignores the header.',
    ),
  DEMO_CONTROLS: onOff('off').describe(
    'With `on`, the call `GET /orders/{id}/carrier` exists. It returns the document that is stored for the order, with the context, but without most internal fields. Also, the field `demo` of an order or an approval can make the writer store no context or a wrong context, on purpose. With `off`, the writer ignores this field.',
  ),
});

/** Returns which requests the writer accepts, from its configuration. */
export function accessOf(config: z.infer<typeof writerConfig>): AccessOptions {
  const { ALLOWED_HOSTS, RATE_LIMIT, RATE_LIMIT_WINDOW_MS, TRUSTED_PROXIES } = config;
  return {
    allowedHosts: ALLOWED_HOSTS,
    rateLimit: RATE_LIMIT === undefined ? undefined : { limit: RATE_LIMIT, windowMs: RATE_LIMIT_WINDOW_MS },
    trustedProxies: TRUSTED_PROXIES,
  };
}
