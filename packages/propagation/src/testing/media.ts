import type { Carrier } from '../carrier.ts';
import { amqpHeadersCarrier } from '../carriers/amqp-headers.ts';
import { annotationsCarrier } from '../carriers/annotations.ts';
import { cloudEventCarrier } from '../carriers/cloud-event.ts';
import { cloudEventHttpCarrier, cloudEventKafkaCarrier } from '../carriers/cloud-event-headers.ts';
import { jsonbCarrier } from '../carriers/jsonb.ts';
import { kafkaBytesCarrier, kafkaHeadersCarrier } from '../carriers/kafka-headers.ts';
import { mapCarrier } from '../carriers/map.ts';
import { objectMetadataCarrier } from '../carriers/object-metadata.ts';
import { processEnvCarrier } from '../carriers/process-env.ts';
import { shellCarrier } from '../carriers/shell.ts';
import { v1EnvVarCarrier } from '../carriers/v1-env-var.ts';
import * as propagation from '../index.ts';

/** A carrier, with a function that creates an object of its medium. */
export interface Medium {
  carrier: Carrier<unknown>;
  create: () => unknown;
  /** Set if the medium is too small for some contexts. */
  isSmall?: true;
  /** Set if clearing a field leaves a line, such as `unset TRACESTATE`. */
  notesWhatIsCleared?: true;
}

/** The media that don't start as an empty object, or that need a flag or another name. */
const SPECIAL: Readonly<Record<string, Medium>> = {
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

const special = new Set(Object.values(SPECIAL).map(({ carrier }) => carrier));

/** Returns the medium of a carrier: `document` for `documentCarrier`. */
const nameOf = (carrier: string): string =>
  carrier.replace(/Carrier$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const plain = Object.entries(propagation as Record<string, unknown>)
  .filter(([name, value]) => name.endsWith('Carrier') && !special.has(value as Carrier<unknown>))
  .map(
    ([name, carrier]) =>
      [nameOf(name), { carrier: carrier as Carrier<unknown>, create: () => ({}) }] as const,
  );

/** Every carrier that the package exports, by the name that the pages use. */
export const media: Readonly<Record<string, Medium>> = { ...Object.fromEntries(plain), ...SPECIAL };
