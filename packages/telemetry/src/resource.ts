import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Attributes } from '@opentelemetry/api';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  type Resource,
} from '@opentelemetry/resources';
import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { KUBERNETES_ATTRIBUTES } from './variables.ts';

/** Returns the resource of this process's spans. `OTEL_RESOURCE_ATTRIBUTES` takes precedence over detected values. */
export function describeProcess(serviceName: string, env: NodeJS.ProcessEnv): Resource {
  const own: Attributes = {
    [ATTR_SERVICE_NAME]: serviceName,
    [ATTR_SERVICE_INSTANCE_ID]: env['K8S_POD_UID'] || randomUUID(),
    'host.name': hostname(),
    'process.pid': process.pid,
  };
  for (const [variable, attribute] of Object.entries(KUBERNETES_ATTRIBUTES)) {
    const value = env[variable];
    if (value) own[attribute] = value;
  }
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }));
}
