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
import {
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_JOB_NAME,
  ATTR_K8S_JOB_UID,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_NODE_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_K8S_POD_UID,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
} from '@opentelemetry/semantic-conventions';

/** Variables that a pod gets by the Downward API, and the attribute each becomes. */
const KUBERNETES: Record<string, string> = {
  K8S_NAMESPACE: ATTR_K8S_NAMESPACE_NAME,
  K8S_NODE_NAME: ATTR_K8S_NODE_NAME,
  K8S_POD_NAME: ATTR_K8S_POD_NAME,
  K8S_POD_UID: ATTR_K8S_POD_UID,
  K8S_CONTAINER_NAME: ATTR_K8S_CONTAINER_NAME,
  K8S_JOB_NAME: ATTR_K8S_JOB_NAME,
  K8S_JOB_UID: ATTR_K8S_JOB_UID,
};

/** Who made the spans. `OTEL_RESOURCE_ATTRIBUTES` wins over what is found here. */
export function describeProcess(serviceName: string, env: NodeJS.ProcessEnv): Resource {
  const own: Attributes = {
    [ATTR_SERVICE_NAME]: serviceName,
    [ATTR_SERVICE_INSTANCE_ID]: env['K8S_POD_UID'] || randomUUID(),
    'host.name': hostname(),
    'process.pid': process.pid,
  };
  for (const [variable, attribute] of Object.entries(KUBERNETES)) {
    const value = env[variable];
    if (value) own[attribute] = value;
  }
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }));
}
