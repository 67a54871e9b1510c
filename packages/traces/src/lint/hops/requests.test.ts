import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../lint.ts';
import { A, at, B, C, found, linkTo } from '../../testing/lint.ts';

const asked = {
  'http.request.method': 'POST',
  'url.full': 'http://till:8080/charge?x=1',
  'server.address': 'till',
  'server.port': 8_080,
};
const answered = { 'http.request.method': 'POST', 'url.path': '/charge', 'server.address': 'till' };
const call = [
  at(A, '1', undefined, 'shop SERVER GET /', { atMs: [0, 100] }),
  at(A, '2', '1', 'shop CLIENT POST', { atMs: [10, 90], attributes: asked }),
];
const server = (trace: string, parent?: string, sketch: Parameters<typeof at>[4] = {}) =>
  at(trace, '5', parent, 'till SERVER POST /charge', { atMs: [20, 80], attributes: answered, ...sketch });

test('a SERVER under its CLIENT is right', () => {
  assert.deepEqual(found([...call, server(A, '2')]), []);
});

test('a root SERVER within the time of a CLIENT lost its context', () => {
  const spans = [...call, server(B)];
  assert.deepEqual(found(spans), ['lost-context a2→b5']);
  assert.equal(lint(spans).findings[0]?.certainty, 'likely');
});

test('the older names of the conventions count', () => {
  const old = { 'http.method': 'POST', 'http.url': 'http://till/charge' };
  const [first, second] = call;
  assert.ok(first && second);
  const target = server(B, undefined, {
    attributes: { 'http.method': 'POST', 'http.target': '/charge?x=1' },
  });
  assert.deepEqual(found([first, { ...second, attributes: old }, target]), ['lost-context a2→b5']);
});

test('another path, method, peer, or time is another request', () => {
  for (const sketch of [
    { attributes: { ...answered, 'url.path': '/refund' } },
    { attributes: { ...answered, 'http.request.method': 'GET' } },
    { attributes: { ...answered, 'server.address': 'bank' } },
    { atMs: [5_000, 5_010] as const },
  ])
    assert.deepEqual(found([...call, server(B, undefined, sketch)]), []);
});

test('a port counts only on one machine, and an address against no name', () => {
  const [first, second] = call;
  assert.ok(first && second);
  const pair = (host: string, port: number, at: string, answeredPort: number) =>
    found([
      first,
      { ...second, attributes: { ...asked, 'server.address': host, 'server.port': port } },
      server(B, undefined, {
        attributes: { ...answered, 'server.address': at, 'server.port': answeredPort },
      }),
    ]);
  assert.deepEqual(pair('till', 80, 'till', 8_080), ['lost-context a2→b5']);
  assert.deepEqual(pair('10.1.2.3', 80, 'till', 8_080), ['lost-context a2→b5']);
  assert.deepEqual(pair('10.1.2.3', 80, '10.1.2.4', 80), []);
  assert.deepEqual(pair('localhost', 80, '127.0.0.1', 80), ['lost-context a2→b5']);
  assert.deepEqual(pair('localhost', 80, '127.0.0.1', 8_080), []);
});

test('a SERVER may work on after its CLIENT gave up', () => {
  const [first, second] = call;
  assert.ok(first && second);
  const long = server(B, undefined, { atMs: [20, 9_000] });
  assert.deepEqual(found([first, { ...second, status: { code: 'ERROR' } }, long]), ['lost-context a2→b5']);
  assert.deepEqual(found([first, second, long]), []);
  const later = server(B, undefined, { atMs: [7_000, 9_000] });
  assert.deepEqual(found([first, { ...second, status: { code: 'ERROR' } }, later]), []);
});

test('a host is known by its first label, too', () => {
  const [first, second] = call;
  assert.ok(first && second);
  const calling = (host: string) => [
    first,
    { ...second, attributes: { ...asked, 'server.address': host } },
    server(B),
  ];
  assert.deepEqual(found(calling('till.shop.svc.cluster.local')), ['lost-context a2→b5']);
  assert.deepEqual(found(calling('tills.shop.svc.cluster.local')), []);
  const full = { attributes: { ...answered, 'server.address': 'till.shop.svc.cluster.local' } };
  assert.deepEqual(found([...call, server(B, undefined, full)]), ['lost-context a2→b5']);
});

test('a public endpoint that begins a trace and links is right', () => {
  assert.deepEqual(found([...call, server(B, undefined, { links: [linkTo('2', A)] })]), []);
});

test('a request from outside breaks no hop', () => {
  assert.deepEqual(found([...call, server(A, '2'), server(C)]), []);
});

test('calls of a remote procedure are paired by its name', () => {
  const rpc = { 'rpc.system': 'grpc', 'rpc.service': 'bank.Till', 'rpc.method': 'Charge' };
  const spans = [
    at(A, '2', undefined, 'shop CLIENT bank.Till/Charge', { atMs: [0, 50], attributes: rpc }),
    at(B, '5', undefined, 'till SERVER bank.Till/Charge', { atMs: [10, 40], attributes: rpc }),
  ];
  assert.deepEqual(found(spans), ['lost-context a2→b5']);
});

const health = { 'http.request.method': 'GET', 'url.path': '/health' };
const probe = (host: string, port = 80) =>
  at(A, '2', undefined, 'shop CLIENT GET', {
    atMs: [10, 90],
    attributes: { ...health, 'server.address': host, 'server.port': port },
  });
const healthOf = (trace: string, label: string, host: string, startMs: number, port = 80) =>
  at(trace, '5', undefined, `${label} SERVER GET /health`, {
    atMs: [startMs, 80],
    attributes: { ...health, 'server.address': host, 'server.port': port },
  });

const moved = (span: ReturnType<typeof at>, trace: string, byMs: number) => ({
  ...span,
  traceId: trace.padEnd(32, trace.at(-1)),
  startMs: span.startMs + byMs,
  endMs: span.endMs + byMs,
});

test('the SERVER of the same host and port comes first', () => {
  const ip = '10.1.2.3';
  const [stranger, own] = [healthOf(B, 'bank', 'bank', 19), healthOf(C, 'till', ip, 20)];
  assert.deepEqual(found([probe(ip), stranger, own]), ['lost-context a2→c5']);
  assert.deepEqual(
    found([probe('till'), healthOf(B, 'till', 'till', 19, 81), healthOf(C, 'till', 'till', 20)]),
    ['lost-context a2→c5'],
  );
  // This also applies if an earlier call may have been to any server.
  const vague = { ...probe(''), traceId: 'd'.repeat(32), startMs: own.startMs - 20 };
  assert.deepEqual(found([vague, probe(ip), own]), ['lost-context a2→c5']);
});

test('an address is paired with a name that alone fits', () => {
  const [bank, till] = [healthOf(B, 'bank', 'bank', 19), healthOf(C, 'till', 'till', 20)];
  assert.deepEqual(found([probe('10.1.2.3'), till]), ['lost-context a2→c5']);
  assert.deepEqual(found([probe('10.1.2.3'), bank, till]), []);
  // The same request also comes from outside, such as from a probe of the cluster.
  const later = healthOf(B, 'till', 'till', 10_000);
  const others = { ...later, endMs: later.startMs + 5 };
  assert.deepEqual(found([probe('10.1.2.3'), till, others]), []);
  // But there are fewer requests from outside than calls.
  const secondCall = moved(probe('10.1.2.3'), 'd', 20_000);
  const secondAnswer = moved(till, 'e', 20_000);
  assert.deepEqual(found([probe('10.1.2.3'), till, secondCall, secondAnswer, others]), [
    'lost-context a2→c5',
    'lost-context d2→e5',
  ]);
});

test('calls that overlap hide no call that does not', () => {
  const till = healthOf(C, 'till', 'till', 20);
  const overlapping = [0, 10].flatMap((ms, index) => [
    moved(probe('10.1.2.3'), `${index}d`, 20_000 + ms),
    moved(till, `${index}e`, 20_000 + ms),
  ]);
  assert.deepEqual(found([probe('10.1.2.3'), till, ...overlapping]), ['lost-context a2→c5']);
});
