import { cloudEventCarrier, extractContext } from '@beyond-headers/propagation';
import { combine, defineOwn, type Hop, type Opening } from './hop.ts';
import { throughProcess } from './pipe.ts';

type CloudEvent = Record<string, unknown>;

/** Opens a hop over CloudEvents as JSON, through another process. */
function openCloudEventHop(): Promise<Hop<CloudEvent>> {
  return Promise.resolve({
    carrier: cloudEventCarrier,
    create: () => ({}),
    write: (event, lines) => {
      for (const [field, value] of combine(lines)) defineOwn(event, field, value);
    },
    writeMiscased: (event, value) => {
      event['Traceparent'] = value;
    },
    async carry(carriers) {
      const bytes = await throughProcess(Buffer.from(JSON.stringify(carriers)));
      const arrived = JSON.parse(bytes.toString()) as CloudEvent[];
      return arrived.map((event) => () => extractContext(event, cloudEventCarrier));
    },
    close: () => Promise.resolve(),
  });
}

export const opening: Opening = { name: 'CloudEvent', open: openCloudEventHop };
