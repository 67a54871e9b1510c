import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import { service as contextWebhook } from './context-webhook/service.ts';
import { IN_DEMO } from './services.ts';

/** Services that a Kustomize component installs in a user's cluster. They aren't part of the demo. */
export const IN_CLUSTER = { contextWebhook } satisfies Record<string, ServiceDescription>;

/** Every service of the project. */
export const SERVICES: readonly ServiceDescription[] = [...IN_DEMO, ...Object.values(IN_CLUSTER)];
