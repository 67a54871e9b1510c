import { once } from 'node:events';
import { createRequire } from 'node:module';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { caseName, countTo, inSpan, instrument, play, service, until } from './harness.mjs';

// Like most proxies, the service `proxy` has no instrumentation.
if (service !== 'proxy') instrument(new HttpInstrumentation());
const http = createRequire(import.meta.url)('node:http');
const portFile = (name) => `${process.env.FOREIGN_OUT}.${caseName}.${name}.port`;

/** Serves until `requests` requests have been answered. */
const serve =
  (requests, name, listener) =>
  async ({ ready }) => {
    const done = countTo(requests);
    const server = http.createServer(async (asked, answer) => {
      asked.resume();
      answer.on('close', done.hit);
      await listener(asked, answer);
    });
    server.listen(0, '127.0.0.1', async () => {
      await writeFile(`${portFile(name)}~`, String(server.address().port));
      await rename(`${portFile(name)}~`, portFile(name));
      ready();
    });
    await done.all;
    server.closeAllConnections();
  };

const portOf = async (name) => Number(await readFile(portFile(name), 'utf8'));

const get = async (name, path, headers = {}) => {
  const [answer] = await once(
    http.get({ host: '127.0.0.1', port: await portOf(name), path, headers, agent: false }),
    'response',
  );
  await once(answer.resume(), 'end');
};

const stock = (requests = 1) =>
  serve(requests, 'stock', async (_asked, answer) => {
    await inSpan('look up stock', async () => {});
    answer.end('3');
  });

/** Forwards requests. `headersOf` returns the headers to forward. */
const proxy = (headersOf, requests = 1) =>
  serve(requests, 'proxy', async ({ url, headers }, answer) => {
    await get('stock', url, headersOf(headers));
    answer.end();
  });

/** A service that is called from outside, so that its SERVER span has no parent. Its own requests are children of that span. */
const shop = (ask, requests = 1) =>
  serve(requests, 'shop', async ({ url }, answer) => {
    await ask(url);
    answer.end();
  });

/** Sends requests to the shop or another service from outside, over a socket that no instrumentation sees. */
const visit =
  (paths = ['/stock/1'], { name = 'shop', together = false } = {}) =>
  async () => {
    const port = await portOf(name);
    const one = async (path) => {
      const socket = connect(port, '127.0.0.1').resume();
      socket.write(`GET ${path} HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`);
      await once(socket, 'close');
    };
    if (together) await Promise.all(paths.map(one));
    else for (const path of paths) await one(path);
  };

/** A partner's server, whose spans are not in the recording. */
const partner = serve(1, 'proxy', async (_asked, answer) => answer.end('{}'));

const stripped = ({ traceparent: _traceparent, ...headers }) => headers;
let kept;
const keepsTheFirst = (headers) => ({ ...headers, traceparent: (kept ??= headers.traceparent) });

const orders = Array.from({ length: 12 }, (_, n) => `/stock/${n}`);

/** A visitor's requests to the shop, which asks the stock service through the proxy. */
const throughProxy = (headersOf, paths = ['/stock/1'], options) => ({
  stock: stock(paths.length),
  proxy: proxy(headersOf, paths.length),
  shop: shop((path) => get('proxy', path), paths.length),
  visitor: visit(paths, options),
});

await play({
  direct: { stock: stock(), shop: shop((path) => get('stock', path)), visitor: visit() },
  gateway: {
    stock: stock(),
    gateway: serve(1, 'gateway', async ({ url }, answer) => {
      await get('stock', url);
      answer.end();
    }),
    shop: shop((path) => get('gateway', path)),
    visitor: visit(),
  },
  'proxy-passes': throughProxy((headers) => headers),
  'proxy-strips': throughProxy(stripped),
  'proxy-strips-three': throughProxy(stripped, orders.slice(0, 3), { together: true }),
  'proxy-keeps-the-first': throughProxy(keepsTheFirst, orders),
  partner: {
    proxy: partner,
    shop: shop((path) => get('proxy', path)),
    visitor: visit(),
  },
  // While the shop waits for the partner, a visitor requests the same path from the stock service.
  'partner-and-visitor': {
    stock: stock(),
    proxy: serve(1, 'proxy', async (_asked, answer) => {
      await until(() => readFile(portFile('visited')).catch(() => undefined));
      answer.end('{}');
    }),
    shop: shop((path) => get('proxy', path)),
    visitor: async () => {
      const shopping = visit()();
      await visit(['/stock/1'], { name: 'stock' })();
      await writeFile(portFile('visited'), '');
      await shopping;
    },
  },
  busy: {
    stock: stock(24),
    shop: shop((path) => get('stock', path), 24),
    visitor: visit([...orders, ...orders], { together: true }),
  },
});
