import { commonConfig, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const contextWebhookConfig = z.object({
  ...commonConfig,
  CONTEXT_WEBHOOK_PORT: port(8443).describe('Port of the webhook, HTTPS only.'),
  TLS_DIRECTORY: z
    .string()
    .default('/tls')
    .describe('The folder with `tls.crt` and `tls.key`, named as in a Secret of type `kubernetes.io/tls`.'),
});
