import { cloudEventCarrier, extractContext } from '@beyond-headers/propagation';
import { anyObject, type Opening } from './hop.ts';
import { throughProcess } from './pipe.ts';

type CloudEvent = Record<string, unknown>;

/** A hop over CloudEvents as JSON, through another process. */
export const opening: Opening<CloudEvent> = {
  name: 'CloudEvent',
  open: async () => ({
    ...anyObject,
    carrier: cloudEventCarrier,
    async carry(carriers) {
      const bytes = await throughProcess(Buffer.from(JSON.stringify(carriers)));
      const arrived = JSON.parse(bytes.toString()) as CloudEvent[];
      return arrived.map((event) => () => extractContext(event, cloudEventCarrier));
    },
  }),
};
