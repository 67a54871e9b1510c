/*
 * The attributes that the rules look at, by each name that they have had. Sources: semantic conventions 1.43 and their older names
 * (https://opentelemetry.io/docs/specs/semconv/), and what job queues name their own way where they follow none.
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
  /** What several messages may share: it pairs where there is no message id, and proves nothing. */
  correlation: [
    'messaging.message.conversation_id',
    'messaging.conversation_id',
    'messaging.kafka.message.key',
    'messaging.kafka.message_key',
  ],
  operationType: ['messaging.operation.type'],
  operation: ['messaging.operation.name', 'messaging.operation'],
  batchCount: ['messaging.batch.message_count', 'bullmq.job.bulk.count', 'messaging.bullmq.job.bulk.count'],
  /** Where a message is in its topic, which together names it. */
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

/** What one span or resource says, by field: texts, and numbers as text. */
export type Fields = Partial<Record<Field, string>>;

interface Place {
  field: Field;
  /** Of several names for one field the first wins. */
  rank: number;
}

const places = new Map<string, Place>(
  (Object.keys(names) as Field[]).flatMap((field) =>
    names[field].map((name, rank): [string, Place] => [name, { field, rank }]),
  ),
);

/** Collects the fields of one span; attributes that no rule needs are passed over. */
export class FieldReader {
  #fields: Fields = {};
  #ranks: Partial<Record<Field, number>> = {};

  /** Gives what was collected, and starts again. */
  take(): Fields {
    const fields = this.#fields;
    this.#fields = {};
    this.#ranks = {};
    return fields;
  }

  add(name: string, value: unknown): void {
    const place = places.get(name);
    const text = textOf(value);
    if (!place || text === '') return;
    const { field, rank } = place;
    if ((this.#ranks[field] ?? Number.POSITIVE_INFINITY) <= rank) return;
    this.#fields[field] = text;
    this.#ranks[field] = rank;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}
