import { extractContext, mapCarrier, type HeaderMap } from '@beyond-headers/propagation';
import { openHeaderServer } from './header-server.ts';
import { asText, inTurn, type Opening } from './hop.ts';

/** A hop over the headers of real HTTP requests. */
export const opening: Opening<HeaderMap> = {
  name: 'HTTP',
  async open() {
    const { send, close } = await openHeaderServer();
    return {
      carrier: mapCarrier,
      create: () => ({}),
      write: (headers, lines) => lines.forEach(([name, value]) => append(headers, name, asText(value))),
      carry: (carriers) =>
        inTurn(carriers, send, (headers) => extractContext<HeaderMap>(headers, mapCarrier)),
      close,
    };
  },
};

function append(headers: HeaderMap, name: string, value: string): void {
  const earlier = headers[name];
  headers[name] = earlier === undefined ? value : [earlier, value].flat();
}
