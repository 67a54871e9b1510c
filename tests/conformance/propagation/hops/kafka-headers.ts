import { extractContext, kafkaHeadersCarrier } from '@beyond-headers/propagation';
import { asText, combine, defineOwn, type Hop, type Opening } from './hop.ts';
import { openKafkaTopic, type KafkaHeaders } from './kafka-topic.ts';

/** Opens a hop over headers of Kafka records, which are text when sent and bytes when received. */
async function openKafkaHeadersHop(): Promise<Hop<KafkaHeaders>> {
  const topic = await openKafkaTopic();
  return {
    carrier: kafkaHeadersCarrier,
    create: () => ({}),
    // Repeated headers have their own test: Kafka keeps all of them, and HTTP's rule for lists doesn't apply.
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
