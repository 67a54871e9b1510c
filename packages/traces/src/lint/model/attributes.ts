/*
 * The attributes that the rules read, by all names that each has had. Sources: semantic conventions 1.43 and their older names
 * (https://opentelemetry.io/docs/specs/semconv/), and the names of job queues that don't follow the conventions.
 */

const names = {
  system: ['messaging.system'],
  destination: [
    'messaging.destination.name',
    'messaging.destination',
    'bullmq.queue.name',
    'messaging.bullmq.queue.name',
    'celery.queue',
  ],
  source: ['messaging.source.name'],
  messageId: [
    'messaging.message.id',
    'messaging.message_id',
    'bullmq.job.id',
    'messaging.bullmq.job.id',
    'celery.task_id',
  ],
  /** A value that several messages may share. It pairs spans without a message id, but proves nothing. */
  correlation: [
    'messaging.message.conversation_id',
    'messaging.conversation_id',
    'messaging.kafka.message.key',
    'messaging.kafka.message_key',
  ],
  operationType: ['messaging.operation.type'],
  operation: ['messaging.operation.name', 'messaging.operation'],
  batchCount: ['messaging.batch.message_count', 'bullmq.job.bulk.count', 'messaging.bullmq.job.bulk.count'],
  /** With the offset, the position of a message in its topic, which identifies the message. */
  partition: [
    'messaging.destination.partition.id',
    'messaging.kafka.destination.partition',
    'messaging.kafka.source.partition',
    'messaging.kafka.partition',
  ],
  offset: ['messaging.kafka.offset', 'messaging.kafka.message.offset'],
  routingKey: ['messaging.rabbitmq.destination.routing_key', 'messaging.rabbitmq.routing_key'],
  jobUid: ['k8s.job.uid'],
  jobName: ['k8s.job.name'],
  cronJob: ['k8s.cronjob.name'],
  namespace: ['k8s.namespace.name'],
  podUid: ['k8s.pod.uid'],
  podName: ['k8s.pod.name'],
  container: ['k8s.container.name'],
  exitCode: ['process.exit.code'],
  httpMethod: ['http.request.method', 'http.method'],
  url: ['url.full', 'http.url'],
  path: ['url.path', 'http.target'],
  host: ['server.address', 'net.peer.name', 'net.host.name', 'http.host'],
  port: ['server.port', 'net.peer.port', 'net.host.port'],
  status: ['http.response.status_code', 'http.status_code'],
  rpcSystem: ['rpc.system.name', 'rpc.system'],
  rpcService: ['rpc.service'],
  rpcMethod: ['rpc.method'],
  dbSystem: ['db.system.name', 'db.system'],
  invocation: ['faas.invocation_id', 'faas.execution'],
  service: ['service.name'],
  instance: ['service.instance.id'],
  hostName: ['host.name'],
  pid: ['process.pid'],
} as const satisfies Record<string, readonly string[]>;

type Field = keyof typeof names;

/** The attributes of one span or resource, by field. Numbers are converted to text. */
export type Fields = Partial<Record<Field, string>>;

interface Place {
  field: Field;
  /** If a field has several names, the one with the lowest rank wins. */
  rank: number;
}

const places = new Map<string, Place>(
  (Object.keys(names) as Field[]).flatMap((field) =>
    names[field].map((name, rank): [string, Place] => [name, { field, rank }]),
  ),
);

/** Returns the fields of one span or resource. Skips attributes that no rule reads. */
export function fieldsOf(attributes: Iterable<readonly [name: string, value: unknown]>): Fields {
  const fields: Fields = {};
  const ranks: Partial<Record<Field, number>> = {};
  for (const [name, value] of attributes) {
    const place = places.get(name);
    const text = textOf(value);
    if (!place || text === '') continue;
    const { field, rank } = place;
    if ((ranks[field] ?? Number.POSITIVE_INFINITY) <= rank) continue;
    fields[field] = text;
    ranks[field] = rank;
  }
  return fields;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}
