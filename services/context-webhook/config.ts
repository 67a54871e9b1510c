import { commonConfig, port } from '@beyond-headers/service-kit/config';
import { z } from 'zod';

export const contextWebhookConfig = z.object({
  ...commonConfig,
  CONTEXT_WEBHOOK_PORT: port(8443).describe('The port on which the webhook listens. It accepts only HTTPS.'),
  TLS_DIRECTORY: z
    .string()
    .default('/tls')
    .describe(
      'The folder with the certificate `tls.crt` and its private key `tls.key`. A Secret of type `kubernetes.io/tls` has files with these names.',
    ),
});
