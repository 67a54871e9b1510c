import type { Fields } from './attributes.ts';
import type { RecordForm } from './columns.ts';
import type { Interner } from './interner.ts';

/** The facts about a message in a span's attributes. Texts are numbers of the interner. */
export interface MessageFacts {
  system: number;
  /** The name of the destination, as it was recorded. */
  place: number;
  /** The destination by current conventions, with the routing key if there is one, or as the span's name gives it. */
  destination: number;
  id: number;
  /** Whether the id is only a position in a topic. A topic with the same name on another cluster has the same positions. */
  isPlaceInTopic: boolean;
  /** A key or conversation that other messages may share. */
  correlation: number;
  operation: Operation;
  /** The number of messages. 0 if it is unknown, and {@link NO_MESSAGE} if the span says that there was none. */
  batch: number;
}

/** The batch of a poll that found nothing. */
export const NO_MESSAGE = -1;

const operationNames = ['send', 'receive', 'process', 'settle', 'unknown'] as const;
export type Operation = (typeof operationNames)[number];

/** The facts about a request in the attributes of a CLIENT or SERVER span. */
export interface RequestFacts {
  method: number;
  path: number;
  host: number;
  port: number;
  status: number;
}

/** The facts about a Kubernetes Job or pod in the attributes of a span, not of its resource. */
export interface KubernetesFacts {
  jobUid: number;
  jobName: number;
  namespace: number;
  podUid: number;
  container: number;
  hasEnded: boolean;
}

const operations = new Map<string, Operation>();
const addWords = (operation: Operation, words: string) => {
  for (const word of words.split(' ')) operations.set(word, operation);
};
// Leaves out words such as `consume`, which some libraries use for receiving and others for processing. For these, the kind decides.
addWords('send', 'create send publish produce enqueue');
addWords('receive', 'receive poll fetch pull');
addWords('process', 'process deliver');
addWords(
  'settle',
  'settle ack nack nak term commit acknowledge modack complete abandon reject defer delete deadletter',
);

/** By kind: the operation of a span that doesn't name one. */
const byKind: Record<number, Operation> = { 4: 'send', 5: 'process' };

export function messageFacts(
  said: Fields,
  kind: number,
  name: string,
  texts: Interner,
): MessageFacts | undefined {
  const fields = { destination: sourceOf(said), ...said };
  const isMessaging = fields.system !== undefined || fields.messageId !== undefined;
  if (!isMessaging && kind !== 4 && kind !== 5) return undefined;
  const placeInTopic = placeInTopicOf(fields);
  return {
    system: texts.number(systemOf(fields)),
    place: texts.number(fields.destination),
    destination: texts.number(destinationOf(fields, name)),
    id: texts.number(fields.messageId ?? placeInTopic),
    isPlaceInTopic: fields.messageId === undefined && placeInTopic !== '',
    correlation: texts.number(fields.correlation ?? ''),
    operation: operationOf(fields, kind),
    batch: fields.batchCount === '0' ? NO_MESSAGE : Number(fields.batchCount ?? 0) || 0,
  };
}

function operationOf({ operationType = '', operation = '' }: Fields, kind: number): Operation {
  return (
    operations.get(operationType.toLowerCase()) ??
    operations.get(operation.toLowerCase()) ??
    byKind[kind] ??
    'unknown'
  );
}

/** Returns the system without the vendor, which the conventions have written in several ways: `AmazonSQS` and `aws_sqs` are one system. */
const systemOf = ({ system = '' }: Fields): string =>
  system.toLowerCase().replace(/^(?:amazon|aws|azure|microsoft|gcp|google)[._-]?(?=.)/, '');

/** Returns the source of a message, for consumers that name no destination. In RabbitMQ, the source is a queue, which no producer names. */
const sourceOf = ({ system = '', source = '' }: Fields): string =>
  system.toLowerCase() === 'rabbitmq' ? '' : source;

/** Returns the position in the topic, which identifies a Kafka message, because it has no id. Empty if the position is unknown. */
function placeInTopicOf({ destination = '', partition, offset }: Fields): string {
  const isKnown = destination !== '' && partition !== undefined && offset !== undefined;
  return isKnown ? `${destination}/${partition}/${offset}` : '';
}

function destinationOf({ destination = '', routingKey }: Fields, name: string): string {
  if (routingKey !== undefined && !destination.split(':').includes(routingKey))
    return `${destination}:${routingKey}`;
  return destination === '' ? destinationOfName(name) : destination;
}

const verb =
  /^(?:send|publish|produce|enqueue|add|create|launch|submit|schedule|emit|receive|process|consume|handle|run|work|execute|poll)\s+(\S.*)$/i;
const verbLast =
  /^(\S.*?)\s+(?:send|publish|produce|enqueue|create|receive|process|consume|subscribe|deliver|poll)$/i;

/** Returns NAME from a span's name such as `send NAME` or `NAME process`, and an empty text from any other name. */
function destinationOfName(name: string): string {
  return (verb.exec(name) ?? verbLast.exec(name))?.[1] ?? '';
}

export function requestFacts(fields: Fields, texts: Interner): RequestFacts | undefined {
  const { httpMethod, rpcSystem, rpcMethod } = fields;
  if (httpMethod === undefined && (rpcSystem === undefined || rpcMethod === undefined)) return undefined;
  const isHttp = httpMethod !== undefined;
  return {
    method: texts.number(httpMethod ?? rpcSystem ?? ''),
    path: texts.number(isHttp ? pathOf(fields) : callOf(fields)),
    host: texts.number(hostOf(fields)),
    port: Number(fields.port ?? 0) || 0,
    status: Number(fields.status ?? 0) || 0,
  };
}

/** Returns `SERVICE/METHOD`. Older conventions use two attributes for it, and newer ones use one. */
const callOf = ({ rpcService, rpcMethod = '' }: Fields): string =>
  rpcService === undefined || rpcMethod.includes('/')
    ? rpcMethod.replace(/^\//, '')
    : `${rpcService}/${rpcMethod}`;

/** Matches the host and the path of a URL. Parsing with `URL` would take longer than everything else that is done with a span. */
const urlParts = /^[a-z]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::\d+)?([^?#]*)/i;

function pathOf({ path, url = '' }: Fields): string {
  const found = path ?? urlParts.exec(url)?.[2] ?? '';
  return found.split(/[?#]/, 1)[0] ?? '';
}

function hostOf({ host, url = '' }: Fields): string {
  const found = host ?? urlParts.exec(url)?.[1] ?? '';
  // A bare IPv6 address contains colons, and has no port.
  const [, inBrackets, named] = /^(?:\[(.*)\]|([^:]*))(?::\d+)?$/.exec(found) ?? [];
  return (inBrackets ?? named ?? found).toLowerCase();
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
  width: 8,
  write: ({ system, place, destination, id, isPlaceInTopic, correlation, operation, batch }) => [
    system,
    place,
    destination,
    id,
    isPlaceInTopic ? 1 : 0,
    correlation,
    operationNames.indexOf(operation),
    batch,
  ],
  read: (number) => ({
    system: number(0),
    place: number(1),
    destination: number(2),
    id: number(3),
    isPlaceInTopic: number(4) === 1,
    correlation: number(5),
    operation: operationNames[number(6)] ?? 'unknown',
    batch: number(7),
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
