import type { ServiceDescription } from '@beyond-headers/service-kit/service';

/** Called by the API server of a cluster, over TLS: `k8s/components/context-webhook`. */
export const service = {
  name: 'context-webhook',
  needs: {},
  environment: {},
} satisfies ServiceDescription;
