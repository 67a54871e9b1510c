import type { Fields } from './attributes.ts';

/** The resource of a span: what distinguishes its process from others, and where the process ran. Absent attributes are empty. */
export interface Resource extends Record<keyof typeof absent, string> {
  service: string;
  /** The same for all spans of one process, as far as the resource shows. */
  process: string;
  /** Whether the resource identifies a process. If not, all processes of a service count as one. */
  isExact: boolean;
}

const absent = {
  instance: '',
  jobUid: '',
  jobName: '',
  cronJob: '',
  namespace: '',
  podUid: '',
  podName: '',
  container: '',
};

/** The name that OpenTelemetry's SDK specification gives to a service without a name. */
export const UNKNOWN_SERVICE = 'unknown_service';

export function toResource(fields: Fields): Resource {
  const identity = identityOf(fields);
  const named = { ...absent, service: UNKNOWN_SERVICE, ...fields };
  return { ...named, process: `${named.service}\n${identity}`, isExact: identity !== '' };
}

function identityOf({ instance, podUid, podName, container = '', hostName, pid }: Fields): string {
  const pod = podUid ?? podName;
  if (instance !== undefined) return `${instance}/${pod ?? ''}/${container}`;
  if (pod !== undefined) return `${pod}/${container}`;
  return pid === undefined ? '' : `${hostName ?? ''}/${pid}`;
}
