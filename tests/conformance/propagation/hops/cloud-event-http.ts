import { cloudEventHttpCarrier, extractContext, type HeaderMap } from '@beyond-headers/propagation';
import { openHeaderServer } from './header-server.ts';
import { asText, combine, inTurn, type Opening } from './hop.ts';

/** A hop over CloudEvents in the headers of real HTTP requests. */
export const opening: Opening<HeaderMap> = {
  name: 'CloudEvent over HTTP',
  async open() {
    const { send, close } = await openHeaderServer();
    return {
      carrier: cloudEventHttpCarrier,
      create: () => ({}),
      write(headers, lines) {
        for (const [field, value] of combine(lines))
          headers[`ce-${field}`] = asText(value).replaceAll('%', '%25');
      },
      carry: (carriers) =>
        inTurn(carriers, send, (headers) => extractContext(headers, cloudEventHttpCarrier)),
      close,
    };
  },
};
