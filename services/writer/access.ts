import type { AccessOptions } from '@beyond-headers/service-kit';
import type { z } from 'zod';
import type { writerConfig } from './config.ts';

/** Whom the writer lets in, as the environment says it. */
export function accessOf(config: z.infer<typeof writerConfig>): AccessOptions {
  const { ALLOWED_HOSTS, RATE_LIMIT, RATE_LIMIT_WINDOW_MS, TRUSTED_PROXIES } = config;
  return {
    allowedHosts: ALLOWED_HOSTS,
    rateLimit: RATE_LIMIT === undefined ? undefined : { limit: RATE_LIMIT, windowMs: RATE_LIMIT_WINDOW_MS },
    trustedProxies: TRUSTED_PROXIES,
  };
}
