import { commonConfig, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const contextWebhookConfig = z.object({
  ...commonConfig,
  CONTEXT_WEBHOOK_PORT: port(8443).describe('Port of the webhook, HTTPS alone.'),
  TLS_DIRECTORY: z
    .string()
    .default('/tls')
    .describe('Where `tls.crt` and `tls.key` are, as a Secret of type `kubernetes.io/tls` has them.'),
});
