import { deserialize, serialize } from 'node:v8';
import { cloudEventKafkaCarrier, extractContext, type ByteHeaderMap } from '@beyond-headers/propagation';
import { asText, combine, type Hop, type Opening } from './hop.ts';
import { throughProcess } from './pipe.ts';

type RecordHeaders = Record<string, string>;

/** Opens a hop over CloudEvents in headers of Kafka records, which are text when sent and bytes when received. It uses no broker. */
function openCloudEventKafkaHop(): Promise<Hop<RecordHeaders>> {
  return Promise.resolve({
    carrier: cloudEventKafkaCarrier,
    create: () => ({}),
    write: (headers, lines) => {
      for (const [field, value] of combine(lines)) headers[`ce_${field}`] = asText(value);
    },
    writeMiscased: (headers, value) => {
      headers['ce_Traceparent'] = value;
    },
    async carry(carriers) {
      const arrived = deserialize(await throughProcess(serialize(carriers.map(toBytes)))) as ByteHeaderMap[];
      return arrived.map((headers) => () => extractContext(headers, cloudEventKafkaCarrier));
    },
    close: () => Promise.resolve(),
  });
}

function toBytes(headers: RecordHeaders): ByteHeaderMap {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]));
}

export const opening: Opening = { name: 'CloudEvent over Kafka', open: openCloudEventKafkaHop };
