import type { Fields } from './attributes.ts';

/** The resource of a span: what distinguishes its process from others, and where the process ran. */
export interface Resource {
  service: string;
  /** The same for all spans of one process, as far as the resource shows. */
  process: string;
  /** Whether the resource identifies a process. If not, all processes of a service count as one. */
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

/** The name that OpenTelemetry's SDK specification gives to a service without a name. */
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
