import type { AccessOptions } from '@beyond-headers/service-kit';
import type { z } from 'zod';
import type { writerConfig } from './config.ts';

/** Returns which requests the writer accepts, from its configuration. */
export function accessOf(config: z.infer<typeof writerConfig>): AccessOptions {
  const { ALLOWED_HOSTS, RATE_LIMIT, RATE_LIMIT_WINDOW_MS, TRUSTED_PROXIES } = config;
  return {
    allowedHosts: ALLOWED_HOSTS,
    rateLimit: RATE_LIMIT === undefined ? undefined : { limit: RATE_LIMIT, windowMs: RATE_LIMIT_WINDOW_MS },
    trustedProxies: TRUSTED_PROXIES,
  };
}
