import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { LASTING } from '../../../services/services.ts';
import { rawRequest } from './raw-request.ts';
import { SERVERS, type ServerUnderTest } from './servers.ts';

const LISTED = 'orders.example.org';

let system: LocalSystem;
before(async () => {
  const processes = ['trace-store', 'cluster', ...Object.values(LASTING).map(({ name }) => name)];
  const env = Object.fromEntries(processes.map((name) => [name, { ALLOWED_HOSTS: LISTED }]));
  system = await startLocalSystem({ env });
});
after(() => system.stop());

type Asked = Pick<ServerUnderTest['read'], 'method' | 'path'> & { body?: string };

/** Sends a request to every server, and describes only the responses with an unexpected status code. */
async function differences(
  call: (server: ServerUnderTest) => Asked,
  headers: readonly string[],
  expected: (server: ServerUnderTest) => number,
  { target = (path: string) => path, version = '1.1' } = {},
): Promise<string[]> {
  const answers = await Promise.all(
    SERVERS.map(async (server) => {
      const { method, path, body } = call(server);
      const line = `${method} ${target(path)} HTTP/${version}`;
      const { status } = await rawRequest(system.urls[server.name], line, headers, body);
      return status === expected(server)
        ? []
        : [`${server.name}: ${line} [${headers.join(', ')}] got ${status}`];
    }),
  );
  return answers.flat();
}

const read = ({ read: call }: ServerUnderTest) => call;
const change = ({ change: call }: ServerUnderTest) => call;
const readStatus = (server: ServerUnderTest) => server.read.status;
const changeStatus = (server: ServerUnderTest) => server.change.status;

const OWN_HOSTS = [
  '127.0.0.1:8081',
  '10.244.1.7:8081', // the kubelet's probes, and callers without DNS
  '[::1]:8081',
  '[fd00:10:244::7]',
  'localhost',
  'LocalHost:8081',
  'localhost.',
  'playground.localhost:8080',
  'writer:8081', // a name of docker compose, or of the same namespace
  'job_launcher',
  'host.docker.internal:4318', // this machine, from a container
  'writer.shop.svc',
  'writer.shop.svc:8081',
  'writer.shop.svc.cluster.local:8081',
  'Writer.Shop.SVC.Cluster.Local.',
  LISTED,
  `${LISTED}:8443`,
  'Orders.Example.ORG.',
  '', // HTTP/1.1 allows it, and no browser sends it
];

const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:8081',
  'EVIL.Example.',
  '127.0.0.1.evil.example',
  '127.1',
  'localhost.evil.example',
  'svc.cluster.local.evil.example',
  'writer.shopsvc',
  'evilinternal.example',
  'host.docker.internal.evil.example',
  `sub.${LISTED}`,
  `evil-${LISTED}`,
  `${LISTED}.evil.example`,
];

const UNREADABLE_HOSTS = [
  'user@localhost',
  'localhost@evil.example',
  'evil.example@localhost',
  'localhost:80:80',
  'localhost/evil.example',
  'localhost?evil.example',
  'local host',
  'localhost,evil.example',
  '[::1',
  '[evil.example]',
  '[127.0.0.1]',
  '::1',
  'ev%69l.example',
];

/**
 * On Linux, all of 127/8 is this machine, so a server that listens on all addresses would respond at 127.0.0.2. Elsewhere, that address is
 * unreachable.
 */
const onLinux = { skip: process.platform !== 'linux' && 'needs Linux' };

test('every server listens only on this machine', onLinux, async () => {
  for (const { name } of SERVERS) {
    const elsewhere = system.urls[name].replace('127.0.0.1', '127.0.0.2');
    await assert.rejects(rawRequest(elsewhere, 'GET / HTTP/1.1', ['host: localhost']), name);
  }
});

test('every server answers under its own names', async () => {
  for (const host of OWN_HOSTS)
    assert.deepEqual(await differences(read, [`host: ${host}`], readStatus), [], host);
});

test('every server refuses a foreign host', async () => {
  for (const host of FOREIGN_HOSTS) {
    assert.deepEqual(await differences(read, [`host: ${host}`], () => 403), [], host);
    assert.deepEqual(await differences(change, [`host: ${host}`], () => 403), [], host);
  }
});

test('every server refuses a page that reaches it by DNS rebinding', async () => {
  const headers = ['host: evil.example:8081', 'origin: http://evil.example:8081'];
  for (const site of ['', 'sec-fetch-site: same-origin']) {
    const sent = site ? [...headers, site] : headers;
    assert.deepEqual(await differences(change, sent, () => 403), []);
  }
});

test('every server refuses a host that it cannot read', async () => {
  for (const host of UNREADABLE_HOSTS)
    assert.deepEqual(await differences(read, [`host: ${host}`], () => 400), [], host);
});

test('every server refuses several hosts, and none in HTTP/1.1', async () => {
  for (const hosts of [
    ['host: localhost', 'host: evil.example'],
    ['host: evil.example', 'host: localhost'],
    ['host: localhost', 'Host: localhost'],
    [],
  ])
    assert.deepEqual(await differences(read, hosts, () => 400), []);
});

test('every server answers HTTP/1.0 without a host', async () => {
  assert.deepEqual(await differences(read, [], readStatus, { version: '1.0' }), []);
});

test('every server checks the host in an absolute URL', async () => {
  const host = ['host: localhost'];
  const own = { target: (path: string) => `http://127.0.0.1:8081${path}` };
  assert.deepEqual(await differences(read, host, readStatus, own), []);
  for (const [authority, status] of [
    ['evil.example', 403],
    ['EVIL.example:80', 403],
    ['localhost@evil.example', 400],
  ] as const) {
    const foreign = { target: (path: string) => `http://${authority}${path}` };
    assert.deepEqual(await differences(read, host, () => status, foreign), [], authority);
  }
});

test("no server believes a proxy's claim about the host", async () => {
  for (const header of ['x-forwarded-host', 'forwarded', 'x-host', 'x-original-host']) {
    const foreign = ['host: evil.example', `${header}: localhost`];
    assert.deepEqual(await differences(read, foreign, () => 403), [], header);
    const own = ['host: localhost', `${header}: evil.example`];
    assert.deepEqual(await differences(read, own, readStatus), [], header);
  }
});

const stream = () => ({ method: 'GET', path: `/api/runs/${'a'.repeat(32)}/events` });

test('a foreign host gets neither stream nor web socket', async () => {
  const host = 'host: evil.example';
  assert.deepEqual(await differences(stream, [host, 'accept: text/event-stream'], () => 403), []);
  const upgrade = [host, 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];
  assert.deepEqual(await differences(read, upgrade, () => 403), []);
});

test("every server refuses another site's changes", async () => {
  const own = 'host: localhost:8081';
  for (const header of [
    'origin: https://evil.example',
    'origin: http://localhost:9',
    'origin: null',
    'origin: evil',
    'sec-fetch-site: cross-site',
    'sec-fetch-site: same-site',
  ])
    assert.deepEqual(await differences(change, [own, header], () => 403), [], header);
  for (const header of [
    'origin: http://localhost:8081',
    'sec-fetch-site: same-origin',
    'sec-fetch-site: none',
  ])
    assert.deepEqual(await differences(change, [own, header], changeStatus), [], header);
});

test('reading by a link of another site is free', async () => {
  const headers = ['host: localhost:8081', 'sec-fetch-site: cross-site', 'origin: https://evil.example'];
  assert.deepEqual(await differences(read, headers, readStatus), []);
});

test('probes are answered whatever host they name', async () => {
  for (const { name, probes } of SERVERS) {
    for (const path of probes) {
      const { status } = await rawRequest(system.urls[name], `GET ${path} HTTP/1.1`, [
        'host: health.example',
      ]);
      assert.equal(status, 200, `${name}${path}`);
    }
  }
});

test('a refusal says what is expected, in the form of its server', async () => {
  for (const { name, read: call, problem } of SERVERS) {
    const host = ['host: evil.example'];
    const { type, body } = await rawRequest(system.urls[name], `${call.method} ${call.path} HTTP/1.1`, host);
    assert.equal(type, problem, name);
    assert.match(body, /evil\.example.*Expected an IP address, localhost.* ALLOWED_HOSTS lists\./, name);
  }
});
