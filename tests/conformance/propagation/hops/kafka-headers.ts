import { extractContext, kafkaHeadersCarrier } from '@beyond-headers/propagation';
import { asText, objectWith, type Opening } from './hop.ts';
import { openKafkaTopic, type KafkaHeaders } from './kafka-topic.ts';

/** A hop over headers of Kafka records, which are text when sent and bytes when received. */
export const opening: Opening<KafkaHeaders> = {
  name: 'Kafka headers',
  needs: 'kafka',
  async open() {
    const { send, close } = await openKafkaTopic();
    return {
      // Repeated headers have their own test: Kafka keeps all of them, and HTTP's rule for lists doesn't apply.
      ...objectWith(asText),
      carrier: kafkaHeadersCarrier,
      async carry(carriers) {
        const arrived = await send(carriers);
        return arrived.map((headers) => () => extractContext(headers, kafkaHeadersCarrier));
      },
      close,
    };
  },
};
