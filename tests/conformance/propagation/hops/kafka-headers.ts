import { extractContext, kafkaHeadersCarrier } from '@beyond-headers/propagation';
import { asText, combine, defineOwn, type Hop, type Opening } from './hop.ts';
import { openKafkaTopic, type KafkaHeaders } from './kafka-topic.ts';

/** Headers of records that pass a broker: text when they are sent, bytes when they arrive. */
async function openKafkaHeadersHop(): Promise<Hop<KafkaHeaders>> {
  const topic = await openKafkaTopic();
  return {
    name: 'Kafka headers',
    carrier: kafkaHeadersCarrier,
    create: () => ({}),
    // What is there several times has a test of its own: Kafka keeps all of them, and HTTP's rule for lists doesn't hold.
    write: (headers, lines) => {
      for (const [field, value] of combine(lines)) defineOwn(headers, field, asText(value));
    },
    writeMiscased: (headers, value) => {
      headers['Traceparent'] = value;
    },
    async carry(carriers) {
      const arrived = await topic.send(carriers);
      return arrived.map((headers) => () => extractContext(headers, kafkaHeadersCarrier));
    },
    close: () => topic.close(),
  };
}

export const opening: Opening = { name: 'Kafka headers', needs: 'kafka', open: openKafkaHeadersHop };
