import { deserialize, serialize } from 'node:v8';
import { cloudEventKafkaCarrier, extractContext, type ByteHeaderMap } from '@beyond-headers/propagation';
import { asText, objectWith, type Opening } from './hop.ts';
import { throughProcess } from './pipe.ts';

type RecordHeaders = Record<string, string>;

/** A hop over CloudEvents in headers of Kafka records, which are text when sent and bytes when received. It uses no broker. */
export const opening: Opening<RecordHeaders> = {
  name: 'CloudEvent over Kafka',
  open: async () => ({
    ...objectWith(asText, 'ce_'),
    carrier: cloudEventKafkaCarrier,
    async carry(carriers) {
      const arrived = deserialize(await throughProcess(serialize(carriers.map(toBytes)))) as ByteHeaderMap[];
      return arrived.map((headers) => () => extractContext(headers, cloudEventKafkaCarrier));
    },
  }),
};

function toBytes(headers: RecordHeaders): ByteHeaderMap {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]));
}
