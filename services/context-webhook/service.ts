import type { ServiceDescription } from '@beyond-headers/service-kit/service';

/** The API server of a cluster calls it over TLS. See `k8s/components/context-webhook`. */
export const service = {
  name: 'context-webhook',
  needs: {},
  environment: {},
} satisfies ServiceDescription;
