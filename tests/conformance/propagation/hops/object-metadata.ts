import type { IncomingHttpHeaders } from 'node:http';
import { extractContext, objectMetadataCarrier, type ObjectMetadata } from '@beyond-headers/propagation';
import { openHeaderServer } from './header-server.ts';
import { asText, combine, type Hop, type Opening } from './hop.ts';

const PREFIX = 'x-amz-meta-';

/**
 * Opens a hop over an object's metadata, as an S3 client sends it: one header for each key, with a prefix that the receiving side removes.
 */
async function openObjectMetadataHop(): Promise<Hop<ObjectMetadata>> {
  const server = await openHeaderServer();
  return {
    carrier: objectMetadataCarrier,
    create: () => ({}),
    write: (metadata, lines) => {
      for (const [field, value] of combine(lines)) metadata[field] = asText(value);
    },
    async carry(carriers) {
      const arrived: ObjectMetadata[] = [];
      for (const metadata of carriers) arrived.push(metadataIn(await server.send(headersOf(metadata))));
      return arrived.map((metadata) => () => extractContext(metadata, objectMetadataCarrier));
    },
    close: () => server.close(),
  };
}

function headersOf(metadata: ObjectMetadata): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [PREFIX + key, value]));
}

function metadataIn(headers: IncomingHttpHeaders): ObjectMetadata {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(PREFIX.length), asText(value)]));
}

export const opening: Opening = { name: 'object metadata', open: openObjectMetadataHop };
