import type { Fields } from './attributes.ts';
import type { Interner } from './interner.ts';

/** The facts about a message in a span's attributes. Texts are numbers of the interner. 0 is an unknown fact. */
export const messageFields = [
  'system',
  /** The name of the destination, as it was recorded. */
  'place',
  /** The destination by current conventions, with the routing key if there is one, or as the span's name gives it. */
  'destination',
  'id',
  /** 1 if the id is only a position in a topic. A topic with the same name on another cluster has the same positions. */
  'isPlaceInTopic',
  /** A key or conversation that other messages may share. */
  'correlation',
  /** One of {@link OPERATION}. */
  'operation',
  /** The number of messages. {@link NO_MESSAGE} if the span says that there was none. */
  'batch',
] as const;
export type MessageFacts = Record<(typeof messageFields)[number], number>;

/** The batch of a poll that found nothing. */
export const NO_MESSAGE = -1;

export const OPERATION = { SEND: 1, RECEIVE: 2, PROCESS: 3, SETTLE: 4 } as const;

/** The facts about a request in the attributes of a CLIENT or SERVER span. */
export const requestFields = ['method', 'path', 'host', 'port', 'status'] as const;
export type RequestFacts = Record<(typeof requestFields)[number], number>;

/**
 * The facts about a Kubernetes Job or pod in the attributes of a span, not of its resource. `hasEnded` is 1 if a process ended with the
 * span.
 */
export const kubernetesFields = [
  'jobUid',
  'jobName',
  'namespace',
  'podUid',
  'container',
  'hasEnded',
] as const;
export type KubernetesFacts = Record<(typeof kubernetesFields)[number], number>;

/**
 * The words of conventions and libraries for each operation. Leaves out words such as `consume`, which some libraries use for receiving and
 * others for processing. For these, the kind decides.
 */
const words: Record<keyof typeof OPERATION, string> = {
  SEND: 'create send publish produce enqueue',
  RECEIVE: 'receive poll fetch pull',
  PROCESS: 'process deliver',
  SETTLE:
    'settle ack nack nak term commit acknowledge modack complete abandon reject defer delete deadletter',
};
const operations = new Map(
  (Object.keys(words) as (keyof typeof OPERATION)[]).flatMap((name) =>
    words[name].split(' ').map((word) => [word, OPERATION[name]]),
  ),
);

/** By kind: the operation of a span that doesn't name one. */
const byKind: Record<number, number> = { 4: OPERATION.SEND, 5: OPERATION.PROCESS };

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
    isPlaceInTopic: fields.messageId === undefined && placeInTopic !== '' ? 1 : 0,
    correlation: texts.number(fields.correlation ?? ''),
    operation: operationOf(fields, kind),
    batch: fields.batchCount === '0' ? NO_MESSAGE : Number(fields.batchCount ?? 0) || 0,
  };
}

function operationOf({ operationType = '', operation = '' }: Fields, kind: number): number {
  return (
    operations.get(operationType.toLowerCase()) ??
    operations.get(operation.toLowerCase()) ??
    byKind[kind] ??
    0
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
    hasEnded: exitCode === undefined ? 0 : 1,
  };
}
