import type { IncomingHttpHeaders } from 'node:http';
import { extractContext, objectMetadataCarrier, type ObjectMetadata } from '@beyond-headers/propagation';
import { openHeaderServer } from './header-server.ts';
import { asText, combine, inTurn, type Opening } from './hop.ts';

const PREFIX = 'x-amz-meta-';

/** A hop over an object's metadata, as an S3 client sends it: one header for each key, with a prefix that the receiving side removes. */
export const opening: Opening<ObjectMetadata> = {
  name: 'object metadata',
  async open() {
    const server = await openHeaderServer();
    const send = async (metadata: ObjectMetadata) => metadataIn(await server.send(headersOf(metadata)));
    return {
      carrier: objectMetadataCarrier,
      create: () => ({}),
      write(metadata, lines) {
        for (const [field, value] of combine(lines)) metadata[field] = asText(value);
      },
      carry: (carriers) =>
        inTurn(carriers, send, (metadata) => extractContext(metadata, objectMetadataCarrier)),
      close: server.close,
    };
  },
};

function headersOf(metadata: ObjectMetadata): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [PREFIX + key, value]));
}

function metadataIn(headers: IncomingHttpHeaders): ObjectMetadata {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(PREFIX.length), asText(value)]));
}
