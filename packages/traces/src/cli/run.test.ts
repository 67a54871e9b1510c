import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { command, traces } from '../testing/command.ts';
import { unknownTrace } from '../testing/http.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const sent = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'writer' } }] },
      scopeSpans: [
        {
          spans: [
            { traceId, spanId: '1'.padStart(16, '0'), name: 'POST /orders', kind: 2 },
            {
              traceId,
              spanId: '2'.padStart(16, '0'),
              parentSpanId: '1'.padStart(16, '0'),
              name: 'send orders',
              kind: 4,
            },
          ],
        },
      ],
    },
  ],
};
const tree = `
span: writer SERVER POST /orders
children:
  - writer PRODUCER send orders
`;

const spansOf = (digit: string) => ({
  traceId: digit.repeat(32),
  spanId: '3'.padStart(16, '0'),
  name: 'process orders',
  kind: 5,
});
const resourceSpans = (service: string, span: object) => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
  scopeSpans: [{ spans: [span] }],
});

let folder: string;
let jaeger: string;
const server = createServer((request, response) => {
  if (request.url?.startsWith(`/api/v3/traces/${traceId}?`)) response.end(JSON.stringify({ result: sent }));
  else response.writeHead(404).end(unknownTrace);
});
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traces-'));
  await writeFile(join(folder, 'spans.json'), JSON.stringify(sent));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  jaeger = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test('the expected tree in a file ends with 0', async () => {
  const args = ['--file', join(folder, 'spans.json'), '--expect', await file('tree.yaml', tree)];
  assert.deepEqual(await traces.assert(...args), { code: 0, out: 'As expected: 2 spans.', error: '' });
});

test('the expected tree in Jaeger ends with 0', async () => {
  const args = ['--jaeger', jaeger, '--trace', traceId, '--expect', await file('tree.yaml', tree)];
  assert.equal((await traces.assert(...args)).code, 0);
  assert.equal((await traces.assert(...args, '--wait', '2s')).code, 0);
});

test('another tree ends with 1 and the diff', async () => {
  const wrong = await file('wrong.yaml', `${tree}  - writer CLIENT insert\n`);
  for (const more of [[], ['--wait', '100ms']]) {
    const { code, error } = await traces.assert(
      '--jaeger',
      jaeger,
      '--trace',
      traceId,
      '--expect',
      wrong,
      ...more,
    );
    assert.equal(code, 1);
    assert.match(error, /^- {3}writer CLIENT insert$/m);
  }
});

test('a trace that is not there ends with 1 and is said in a line', async () => {
  const absent = 'f'.repeat(32);
  const expect = await file('tree.yaml', tree);
  const args = ['--jaeger', jaeger, '--trace', absent, '--expect', expect];
  const { code, error } = await traces.assert(...args);
  assert.equal(code, 1);
  assert.match(error, /^Trace f{32} is not there: http.+ has no span of it\. Was the request sampled/);
  const waited = await traces.assert(...args, '--wait', '50ms');
  assert.equal(waited.code, 1);
  assert.match(waited.error, /is not there/);
  const inFile = await traces.assert(
    '--file',
    join(folder, 'spans.json'),
    '--trace',
    absent,
    '--expect',
    expect,
  );
  assert.equal(inFile.code, 1);
  assert.match(inFile.error, /is not there: .+spans\.json has no span of it/);
});

test('a store that does not answer ends with 2, waited for or not', async () => {
  const args = [
    '--jaeger',
    'http://127.0.0.1:1',
    '--trace',
    traceId,
    '--expect',
    await file('tree.yaml', tree),
  ];
  for (const more of [[], ['--wait', '50ms']]) {
    const { code, error } = await traces.assert(...args, ...more);
    assert.equal(code, 2);
    assert.match(error, /no answer \(.+\)\. Expected a Jaeger query API/);
  }
});

test('traces that are given together may link to each other', async () => {
  const linked = { ...spansOf('c'), links: [{ traceId, spanId: '2'.padStart(16, '0') }] };
  const both = { resourceSpans: [...sent.resourceSpans, resourceSpans('poller', linked)] };
  const spans = await file('both.json', JSON.stringify(both));
  const expect = await file(
    'linked.yaml',
    `- ${tree.trim().replaceAll('\n', '\n  ')}\n- span: poller CONSUMER process orders\n  links: [writer PRODUCER send orders]\n`,
  );
  const args = ['--file', spans, '--expect', expect];
  assert.equal((await traces.assert(...args, '--trace', traceId, '--trace', 'C'.repeat(32))).code, 0);
  assert.equal((await traces.assert(...args, '--trace', traceId)).code, 1);
});

test('a JUnit report is written also where nothing could be read', async () => {
  const junit = join(folder, 'report.xml');
  const args = ['--file', join(folder, 'spans.json'), '--junit', junit];
  const report = async (...more: string[]) => {
    await traces.assert(...args, ...more);
    return readFile(junit, 'utf8');
  };
  assert.match(await report('--expect', await file('tree.yaml', tree)), /failures="0" errors="0"/);
  assert.match(await report('--expect', await file('none.yaml', 'absent')), /failures="1".+- absent/s);
  assert.match(await report('--expect', join(folder, 'absent.yaml')), /errors="1".+ENOENT/s);
  const nowhere = join(folder, 'no/report.xml');
  assert.equal((await traces.assert(...args, '--expect', 'none.yaml', '--junit', nowhere)).code, 2);
});

test('a fault in the expectation ends with 2 and its place', async () => {
  const path = await file('faulty.yaml', 'span: a\nchildren: 5\n');
  const { code, error } = await traces.assert('--file', join(folder, 'spans.json'), '--expect', path);
  assert.equal(code, 2);
  assert.ok(error.startsWith(`${path}:2:11: `), error);
});

test('a trace is drawn, from a file or from Jaeger', async () => {
  for (const source of [
    ['--file', join(folder, 'spans.json')],
    ['--jaeger', jaeger, '--trace', traceId, '--wait', '5s'],
  ]) {
    const { code, out } = await traces.draw(...source);
    assert.equal(code, 0);
    assert.match(out, /● POST \/orders/);
  }
  assert.match((await traces.draw('--file', join(folder, 'spans.json'), '--ascii')).out, /\* POST \/orders/);
});

test('a trace that is asserted can be drawn, also when it is wrong', async () => {
  const args = ['--file', join(folder, 'spans.json'), '--print', '--ascii'];
  const { code, out } = await traces.assert(...args, '--expect', await file('none.yaml', 'absent'));
  assert.equal(code, 1);
  assert.match(out, /\* POST \/orders/);
});

test('a trace is drawn when the wait for it fails', async () => {
  const args = [
    '--jaeger',
    jaeger,
    '--trace',
    traceId,
    '--wait',
    '50ms',
    '--expect',
    await file('none.yaml', 'absent'),
  ];
  assert.match((await traces.assert(...args)).error, /● POST \/orders/);
});

test('options of the expectation and of the command count', async () => {
  const strict = await file('strict.yaml', 'extra: forbid\nroots:\n  - writer SERVER POST /orders\n');
  const source = ['--file', join(folder, 'spans.json'), '--expect', strict];
  assert.equal((await traces.assert(...source)).code, 1);
  assert.equal((await traces.assert(...source, '--extra', 'allow')).code, 0);
  assert.equal((await traces.assert(...source, '--ignore', '* PRODUCER *')).code, 0);
  const ignoring = await file('i.yaml', 'extra: forbid\nignore: ["* PRODUCER *"]\nroots: [POST /orders]\n');
  assert.equal((await traces.assert('--file', join(folder, 'spans.json'), '--expect', ignoring)).code, 0);
});

test('there is nothing to draw of a trace that is not there', async () => {
  const absent = ['--trace', 'f'.repeat(32)];
  for (const source of [
    ['--file', join(folder, 'spans.json')],
    ['--jaeger', jaeger],
    ['--jaeger', jaeger, '--wait', '50ms'],
  ]) {
    const { code, out, error } = await traces.draw(...source, ...absent);
    assert.deepEqual([code, out], [1, '']);
    assert.match(error, /Trace f{32} is not there/);
  }
});

test('what can not be read ends with 2', async () => {
  const spans = join(folder, 'spans.json');
  assert.equal((await traces.draw('--file', join(folder, 'absent.json'))).code, 2);
  assert.equal((await traces.assert('--file', spans, '--expect', join(folder, 'absent.yaml'))).code, 2);
  assert.equal((await traces.draw('--jaeger', 'http://127.0.0.1:1', '--trace', traceId)).code, 2);
});

test('64 bits are asserted by their digits', async () => {
  const value = { intValue: '9007199254740993' };
  const [chunk] = structuredClone(sent.resourceSpans);
  Object.assign(chunk?.scopeSpans[0]?.spans[0] ?? {}, { attributes: [{ key: 'n', value }] });
  const spans = await file('big.json', JSON.stringify({ resourceSpans: [chunk] }));
  const asserted = async (n: string) =>
    traces.assert(
      '--file',
      spans,
      '--expect',
      await file('big.yaml', `span: POST /orders\nattributes: { n: ${n} }\n`),
    );
  for (const right of ['9007199254740993', '+9007199254740993', '0x20000000000001', '"*"'])
    assert.equal((await asserted(right)).code, 0, right);
  for (const wrong of ['9007199254740992', '9007199254740994', '"9007199254740993"', '9007199254740992.0'])
    assert.match((await asserted(wrong)).error, /^- +n: (.+)\n\+ +n: (?!\1$)9007199254740993$/m, wrong);
});

test('a number too large for a count is refused', async () => {
  const huge = await file('huge.yaml', 'span: a\nlinks: 9007199254740993\n');
  const { code, error } = await traces.assert('--file', join(folder, 'spans.json'), '--expect', huge);
  assert.equal(code, 2);
  assert.match(error, /huge\.yaml:2:8: Failed to read the root\.links: got 9007199254740993\./);
});

test('a file without a span ends with 1 and is said in a line', async () => {
  const none = await file('none.json', '{"resourceMetrics":[]}');
  const { code, error } = await traces.assert('--file', none, '--expect', await file('tree.yaml', tree));
  assert.equal(code, 1);
  assert.match(error, /none\.json has no span\. Does the file/);
});

test('the command is started by its own file', async () => {
  const cli = join(import.meta.dirname, '..', 'cli.ts');
  const args = [
    cli,
    'assert',
    '--file',
    join(folder, 'spans.json'),
    '--expect',
    await file('none.yaml', 'absent'),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
  assert.match(stderr, /The trace is not the expected tree/);
});

test('the spans may come on standard input', () => {
  const cli = join(import.meta.dirname, '../cli.ts');
  const drawn = (input: string) =>
    spawnSync(process.execPath, [cli, 'draw', '--file', '-', '--ascii'], { input, encoding: 'utf8' });
  const { status, stdout } = drawn(JSON.stringify(sent));
  assert.deepEqual([status, stdout.includes('writer PRODUCER `')], [0, true], stdout);
  assert.match(drawn('').stderr, /^Failed to read spans from standard input: the file is empty/);
});

test('only the spans come on standard input', () => {
  const cli = join(import.meta.dirname, '../cli.ts');
  for (const args of [
    ['assert', '--file', join(folder, 'spans.json'), '--expect', '-'],
    ['lint', '--file', join(folder, 'spans.json'), '--config', '-'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { input: '{}', encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /ENOENT.+'-'/);
  }
});

test('help is also asked for by its letter', async () => {
  const { code, out } = await command('-h');
  assert.equal(code, 0);
  assert.match(out, /^Usage: traces COMMAND/);
  assert.match((await traces.draw('-h')).out, /^Usage: traces draw/);
});
