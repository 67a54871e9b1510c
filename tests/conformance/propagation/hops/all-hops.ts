import { SERVERS, type ServerName } from '../../../support/servers.ts';
import { openAmqpHeadersHop } from './amqp-headers.ts';
import { openAnnotationsHop } from './annotations.ts';
import { openChildProcessHop } from './child-process.ts';
import { openCloudEventHttpHop } from './cloud-event-http.ts';
import { openCloudEventKafkaHop } from './cloud-event-kafka.ts';
import { openCloudEventHop } from './cloud-event.ts';
import { openDocumentHop } from './document.ts';
import type { Hop } from './hop.ts';
import { openHttpHop } from './http.ts';
import { openJobHop } from './job.ts';
import { openJsonbHop } from './jsonb.ts';
import { openKafkaBytesHop } from './kafka-bytes.ts';
import { openKafkaHeadersHop } from './kafka-headers.ts';
import { openObjectMetadataHop } from './object-metadata.ts';
import { openShellHop } from './shell.ts';

/** Every hop that the table runs over. */
export const openings: readonly [name: string, open: () => Promise<Hop>, skip?: string | undefined][] = [
  ['HTTP', () => opened(openHttpHop())],
  ['document', () => opened(openDocumentHop())],
  ['child process', () => opened(openChildProcessHop())],
  ['Job environment', () => opened(openJobHop())],
  ['Job annotations', () => opened(openAnnotationsHop())],
  ['CloudEvent', () => opened(openCloudEventHop())],
  ['CloudEvent over HTTP', () => opened(openCloudEventHttpHop())],
  ['CloudEvent over Kafka', () => opened(openCloudEventKafkaHop())],
  ['object metadata', () => opened(openObjectMetadataHop())],
  ['jsonb column', () => opened(openJsonbHop()), missing('postgresql')],
  ['Kafka headers', () => opened(openKafkaHeadersHop()), missing('kafka')],
  ['Kafka headers in bytes', () => opened(openKafkaBytesHop()), missing('kafka')],
  ['AMQP headers', () => opened(openAmqpHeadersHop()), missing('rabbitmq')],
  ['shell lines', () => opened(openShellHop())],
];

// The table never looks into a carrier: it only passes on what the hop's own `create()` gave.
function opened<C>(hop: Promise<Hop<C>>): Promise<Hop> {
  return hop;
}

/** Says what a hop lacks on this machine; it is left out then. */
function missing(server: ServerName): string | undefined {
  const what = SERVERS[server].missing();
  return what && `left out: it needs ${what}`;
}
