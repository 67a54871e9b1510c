import type { Fields } from './attributes.ts';

/** The maker of a span: what distinguishes one process from another, and what it ran in. */
export interface Resource {
  service: string;
  /** Spans with the same one were made by one process, as far as the resource says. */
  process: string;
  /** Whether it names its process: without that, the processes of a service are taken for one. */
  isExact: boolean;
  instance: string;
  jobUid: string;
  jobName: string;
  cronJob: string;
  namespace: string;
  podUid: string;
  podName: string;
  container: string;
}

/** `unknown_service`, as the SDK's specification names a resource without a name. */
export const UNKNOWN_SERVICE = 'unknown_service';

export function toResource(fields: Fields): Resource {
  const service = fields.service ?? UNKNOWN_SERVICE;
  const { instance = '', podUid = '', podName = '', container = '', namespace = '' } = fields;
  const identity = identityOf(fields);
  return {
    service,
    process: `${service}\n${identity}`,
    isExact: identity !== '',
    instance,
    jobUid: fields.jobUid ?? '',
    jobName: fields.jobName ?? '',
    cronJob: fields.cronJob ?? '',
    namespace,
    podUid,
    podName,
    container,
  };
}

function identityOf({ instance, podUid, podName, container = '', hostName, pid }: Fields): string {
  const pod = podUid ?? podName;
  if (instance !== undefined) return `${instance}/${pod ?? ''}/${container}`;
  if (pod !== undefined) return `${pod}/${container}`;
  return pid === undefined ? '' : `${hostName ?? ''}/${pid}`;
}
