import type { Fields } from './attributes.ts';
import type { RecordForm } from './columns.ts';
import type { Interner } from './interner.ts';

/** What a span says of a message; texts by their number in the interner. */
export interface MessageFacts {
  system: number;
  /** As it was written. */
  place: number;
  /** As the conventions have it today: with the routing key where that is what names the queue. */
  destination: number;
  id: number;
  /** A key or conversation that other messages may share. */
  correlation: number;
  operation: Operation;
  /** How many messages it is about; 0 where it does not say. */
  batch: number;
}

const operationNames = ['send', 'receive', 'process', 'settle', 'unknown'] as const;
export type Operation = (typeof operationNames)[number];

/** What a CLIENT or a SERVER says of its request. */
export interface RequestFacts {
  method: number;
  path: number;
  host: number;
  port: number;
  status: number;
}

/** What a span, not its resource, says of a Kubernetes Job or pod. */
export interface KubernetesFacts {
  jobUid: number;
  jobName: number;
  namespace: number;
  podUid: number;
  container: number;
  hasEnded: boolean;
}

const operations: Record<string, Operation> = {
  create: 'send',
  send: 'send',
  publish: 'send',
  receive: 'receive',
  poll: 'receive',
  process: 'process',
  deliver: 'process',
  settle: 'settle',
  ack: 'settle',
  nack: 'settle',
  commit: 'settle',
};

/** What the kinds of the trace model mean where a span does not name its operation. */
const byKind: Record<number, Operation> = { 4: 'send', 5: 'process' };

export function messageFacts(
  fields: Fields,
  kind: number,
  name: string,
  texts: Interner,
): MessageFacts | undefined {
  const isMessaging = fields.system !== undefined || fields.messageId !== undefined;
  if (!isMessaging && kind !== 4 && kind !== 5) return undefined;
  return {
    system: texts.number(fields.system ?? ''),
    place: texts.number(fields.destination ?? ''),
    destination: texts.number(destinationOf(fields, name)),
    id: texts.number(fields.messageId ?? ''),
    correlation: texts.number(fields.correlation ?? ''),
    operation: operationOf(fields, kind),
    batch: Number(fields.batchCount ?? 0) || 0,
  };
}

function operationOf({ operationType = '', operation = '' }: Fields, kind: number): Operation {
  return operations[operationType] ?? operations[operation] ?? byKind[kind] ?? 'unknown';
}

function destinationOf({ destination = '', routingKey }: Fields, name: string): string {
  if (routingKey !== undefined && !destination.split(':').includes(routingKey))
    return `${destination}:${routingKey}`;
  return destination === '' ? destinationOfName(name) : destination;
}

const verb =
  /^(?:send|publish|produce|enqueue|add|create|launch|submit|schedule|emit|receive|process|consume|handle|run|work|execute|poll)\s+(\S.*)$/i;
const verbLast = /^(\S.*?)\s+(?:send|publish|receive|process|consume)$/i;

/** `send NAME` and `process NAME`, as the conventions name spans; empty for any other name. */
function destinationOfName(name: string): string {
  return (verb.exec(name) ?? verbLast.exec(name))?.[1] ?? '';
}

export function requestFacts(fields: Fields, texts: Interner): RequestFacts | undefined {
  const { httpMethod, rpcSystem, rpcService = '', rpcMethod } = fields;
  if (httpMethod === undefined && (rpcSystem === undefined || rpcMethod === undefined)) return undefined;
  const isHttp = httpMethod !== undefined;
  return {
    method: texts.number(httpMethod ?? rpcSystem ?? ''),
    path: texts.number(isHttp ? pathOf(fields) : `${rpcService}/${rpcMethod}`),
    host: texts.number(hostOf(fields)),
    port: Number(fields.port ?? 0) || 0,
    status: Number(fields.status ?? 0) || 0,
  };
}

/** Scheme, host and path of a URL. Not by `URL`, which takes longer than all else that is done with a span. */
const urlParts = /^[a-z]+:\/\/(?:[^/?#@]*@)?([^/?#:]*|\[[^\]]*\])(?::\d+)?([^?#]*)/i;

function pathOf({ path, url = '' }: Fields): string {
  const found = path ?? urlParts.exec(url)?.[2] ?? '';
  return found.split(/[?#]/, 1)[0] ?? '';
}

function hostOf({ host, url = '' }: Fields): string {
  const found = host ?? urlParts.exec(url)?.[1] ?? '';
  return found.replace(/:\d+$/, '').toLowerCase();
}

export function kubernetesFacts(fields: Fields, texts: Interner): KubernetesFacts | undefined {
  const { jobUid, jobName, podUid, namespace = '', container = '', exitCode } = fields;
  if (jobUid === undefined && jobName === undefined && podUid === undefined && exitCode === undefined)
    return undefined;
  return {
    jobUid: texts.number(jobUid ?? ''),
    jobName: texts.number(jobName ?? ''),
    namespace: texts.number(namespace),
    podUid: texts.number(podUid ?? ''),
    container: texts.number(container),
    hasEnded: exitCode !== undefined,
  };
}

export const messageForm: RecordForm<MessageFacts> = {
  width: 7,
  write: ({ system, place, destination, id, correlation, operation, batch }) => [
    system,
    place,
    destination,
    id,
    correlation,
    operationNames.indexOf(operation),
    batch,
  ],
  read: (number) => ({
    system: number(0),
    place: number(1),
    destination: number(2),
    id: number(3),
    correlation: number(4),
    operation: operationNames[number(5)] ?? 'unknown',
    batch: number(6),
  }),
};

export const requestForm: RecordForm<RequestFacts> = {
  width: 5,
  write: ({ method, path, host, port, status }) => [method, path, host, port, status],
  read: (number) => ({
    method: number(0),
    path: number(1),
    host: number(2),
    port: number(3),
    status: number(4),
  }),
};

export const kubernetesForm: RecordForm<KubernetesFacts> = {
  width: 6,
  write: ({ jobUid, jobName, namespace, podUid, container, hasEnded }) => [
    jobUid,
    jobName,
    namespace,
    podUid,
    container,
    hasEnded ? 1 : 0,
  ],
  read: (number) => ({
    jobUid: number(0),
    jobName: number(1),
    namespace: number(2),
    podUid: number(3),
    container: number(4),
    hasEnded: number(5) === 1,
  }),
};
