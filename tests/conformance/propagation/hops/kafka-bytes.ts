import { extractContext, kafkaBytesCarrier } from '@beyond-headers/propagation';
import { asText, combine, type Opening } from './hop.ts';
import { openKafkaTopic } from './kafka-topic.ts';

type ByteMap = Map<Uint8Array, Uint8Array>;

/** A hop over headers of Kafka records in bytes, as a client without serializers has them. A broker carries them unchanged. */
export const opening: Opening<ByteMap> = {
  name: 'Kafka headers in bytes',
  needs: 'kafka',
  async open() {
    const { send, close } = await openKafkaTopic();
    return {
      carrier: kafkaBytesCarrier,
      create: () => new Map(),
      write(headers, lines) {
        for (const [field, value] of combine(lines))
          headers.set(Buffer.from(field), Buffer.from(asText(value)));
      },
      writeMiscased: (headers, value) => void headers.set(Buffer.from('Traceparent'), Buffer.from(value)),
      async carry(carriers) {
        const arrived = await send(carriers.map(toRecord));
        return arrived.map((headers) => () => extractContext(toMap(headers), kafkaBytesCarrier));
      },
      close,
    };
  },
};

const toRecord = (map: ByteMap): Record<string, Buffer> =>
  Object.fromEntries(Array.from(map, ([name, value]) => [Buffer.from(name).toString(), Buffer.from(value)]));

const toMap = (headers: object): ByteMap =>
  new Map(Object.entries(headers).map(([name, value]) => [Buffer.from(name), value as Buffer]));
