// A collector that discards all spans, and so costs as little as possible.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const QUIET_MS = 300;

let quiet: NodeJS.Timeout | undefined;
let isAsked = false;

const server = createServer((request, response) => {
  heard();
  request.resume().on('end', () => response.end());
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
  isAsked = true;
  heard();
});
process.on('disconnect', () => process.exit(0));

function heard(): void {
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    if (isAsked) process.send?.('quiet');
    isAsked = false;
  }, QUIET_MS);
}
