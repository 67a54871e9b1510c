import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  status: number;
  type: string | undefined;
  body: string;
}

/** Sends a request that an HTTP client wouldn't: with any request line, and with any `Host` headers or none. */
export async function rawRequest(
  baseUrl: string,
  requestLine: string,
  headers: readonly string[],
  body = '',
): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  const about = body === '' ? [] : ['content-type: application/json', `content-length: ${body.length}`];
  socket.write([requestLine, ...headers, ...about, 'connection: close', '', body].join('\r\n'));
  const [head = '', ...rest] = (await text(socket)).split('\r\n\r\n');
  return {
    status: Number(head.split(' ')[1]),
    type: /^content-type: ([^;\r]*)/im.exec(head)?.[1],
    body: rest.join('\r\n\r\n'),
  };
}
