import { openAnnotationsHop } from './annotations.ts';
import { openChildProcessHop } from './child-process.ts';
import { openCloudEventHttpHop } from './cloud-event-http.ts';
import { openCloudEventKafkaHop } from './cloud-event-kafka.ts';
import { openCloudEventHop } from './cloud-event.ts';
import { openDocumentHop } from './document.ts';
import type { Hop } from './hop.ts';
import { openHttpHop } from './http.ts';
import { openJobHop } from './job.ts';
import { openObjectMetadataHop } from './object-metadata.ts';

/** Every hop that the table runs over. */
export const openings: readonly [name: string, open: () => Promise<Hop>][] = [
  ['HTTP', () => opened(openHttpHop())],
  ['document', () => opened(openDocumentHop())],
  ['child process', () => opened(openChildProcessHop())],
  ['Job environment', () => opened(openJobHop())],
  ['Job annotations', () => opened(openAnnotationsHop())],
  ['CloudEvent', () => opened(openCloudEventHop())],
  ['CloudEvent over HTTP', () => opened(openCloudEventHttpHop())],
  ['CloudEvent over Kafka', () => opened(openCloudEventKafkaHop())],
  ['object metadata', () => opened(openObjectMetadataHop())],
];

// The table never looks into a carrier: it only passes on what the hop's own `create()` gave.
function opened<C>(hop: Promise<Hop<C>>): Promise<Hop> {
  return hop;
}
