import type { Carrier } from '../carrier.ts';
import { amqpHeadersCarrier } from '../carriers/amqp-headers.ts';
import { annotationsCarrier } from '../carriers/annotations.ts';
import { cloudEventCarrier } from '../carriers/cloud-event.ts';
import { cloudEventHttpCarrier, cloudEventKafkaCarrier } from '../carriers/cloud-event-headers.ts';
import { documentCarrier } from '../carriers/document.ts';
import { jsonbCarrier } from '../carriers/jsonb.ts';
import { kafkaBytesCarrier, kafkaHeadersCarrier } from '../carriers/kafka-headers.ts';
import { mapCarrier } from '../carriers/map.ts';
import { objectMetadataCarrier } from '../carriers/object-metadata.ts';
import { processEnvCarrier } from '../carriers/process-env.ts';
import { shellCarrier } from '../carriers/shell.ts';
import { v1EnvVarCarrier } from '../carriers/v1-env-var.ts';

/** A carrier with a way to make one of its kind. */
export interface Medium {
  carrier: Carrier<unknown>;
  create: () => unknown;
  /** Set where not every context fits. */
  isSmall?: true;
  /** Set where a field that is taken out leaves a line that says so. */
  notesWhatIsCleared?: true;
}

/** Every carrier of the package, by the name that the pages use. */
export const media: Readonly<Record<string, Medium>> = {
  document: { carrier: documentCarrier, create: () => ({}) },
  headers: { carrier: mapCarrier, create: () => ({}) },
  'Fetch headers': { carrier: mapCarrier, create: () => new Headers() },
  'process environment': { carrier: processEnvCarrier, create: () => ({ PATH: '/bin' }) },
  'container environment': { carrier: v1EnvVarCarrier, create: () => [{ name: 'PATH', value: '/bin' }] },
  annotations: { carrier: annotationsCarrier, create: () => ({ owner: 'a team' }) },
  CloudEvent: { carrier: cloudEventCarrier, create: () => ({ specversion: '1.0', id: '7', type: 'placed' }) },
  'CloudEvent over HTTP': { carrier: cloudEventHttpCarrier, create: () => ({ 'ce-id': '7' }) },
  'CloudEvent over Kafka': { carrier: cloudEventKafkaCarrier, create: () => ({ ce_id: '7' }) },
  'object metadata': { carrier: objectMetadataCarrier, create: () => ({ owner: 'a team' }), isSmall: true },
  'jsonb column': { carrier: jsonbCarrier, create: () => ({}) },
  'Kafka headers': { carrier: kafkaHeadersCarrier, create: () => ({ id: Buffer.from('7') }) },
  'Kafka headers, a list': { carrier: kafkaHeadersCarrier, create: () => [{ id: Buffer.from('7') }] },
  'Kafka headers in bytes': {
    carrier: kafkaBytesCarrier,
    create: () => new Map([[Buffer.from('id'), Buffer.from('7')]]),
  },
  'AMQP headers': { carrier: amqpHeadersCarrier, create: () => ({ 'x-death': [{ count: 1 }] }) },
  'shell lines': { carrier: shellCarrier, create: () => ['set -eu'], notesWhatIsCleared: true },
};
