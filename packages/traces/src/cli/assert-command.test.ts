import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { traces } from '../testing/command.ts';
import { file, folder } from '../testing/folder.ts';
import { serve } from '../testing/http.ts';
import { group } from '../testing/otlp.ts';
import { sent, sentFile, serveSent } from '../testing/sent-order.ts';
import { fullId, traceId } from '../testing/spans.ts';

const tree = `
span: writer SERVER POST /orders
children:
  - writer PRODUCER send orders
`;
const treeFile = await file('tree.yaml', tree);
const noneFile = await file('none.yaml', 'absent');

test('the expected tree in a file ends with 0', async () => {
  const args = ['--file', sentFile, '--expect', treeFile];
  assert.deepEqual(await traces.assert(...args), { code: 0, out: 'As expected: 2 spans.', error: '' });
});

test('the expected tree in Jaeger ends with 0', async (t) => {
  const args = ['--jaeger', await serveSent(t), '--trace', traceId, '--expect', treeFile];
  assert.equal((await traces.assert(...args)).code, 0);
  assert.equal((await traces.assert(...args, '--wait', '2s')).code, 0);
});

test('the token of the environment is sent to Jaeger', async (t) => {
  const url = await serve(t, ({ headers }, response) => {
    if (headers.authorization === 'Bearer let-me-in') response.end(JSON.stringify({ result: sent }));
    else response.writeHead(401).end();
  });
  const from = ['--jaeger', url, '--trace', traceId];
  const args = [...from, '--expect', treeFile];
  const { code, error } = await traces.assert(...args);
  assert.equal(code, 2);
  assert.match(error, /got 401 .*a bearer token in the variable TRACES_TOKEN/);
  process.env['TRACES_TOKEN'] = 'let-me-in';
  t.after(() => delete process.env['TRACES_TOKEN']);
  assert.equal((await traces.assert(...args)).code, 0);
  assert.equal((await traces.assert(...args, '--wait', '2s')).code, 0);
  assert.equal((await traces.draw(...from)).code, 0);
});

test('a token that HTTP cannot send is not shown', async (t) => {
  t.after(() => delete process.env['TRACES_TOKEN']);
  for (const token of ['s3cret\nline', 's3cret…']) {
    process.env['TRACES_TOKEN'] = token;
    const { code, error } = await traces.draw('--jaeger', 'http://127.0.0.1:1', '--trace', traceId);
    assert.equal(code, 2);
    assert.match(error, /^TRACES_TOKEN: got a value that is not shown/);
    assert.doesNotMatch(error, /s3cret/);
  }
});

test('credentials in the address win over the token of the environment', async (t) => {
  const url = await serve(t, ({ headers, url: path }, response) => {
    if (headers.authorization !== `Basic ${btoa('me:pass')}`) response.writeHead(401).end();
    else response.end(path === '/api/v3/services' ? '{}' : JSON.stringify({ result: sent }));
  });
  process.env['TRACES_TOKEN'] = 'of-another-store';
  t.after(() => delete process.env['TRACES_TOKEN']);
  const jaeger = ['--jaeger', url.replace('//', '//me:pass@')];
  assert.equal((await traces.draw(...jaeger, '--trace', traceId)).code, 0);
  assert.match((await traces.lint(...jaeger)).error, /no span of the last 1h/);
});

test('another tree ends with 1 and the diff', async (t) => {
  const jaeger = await serveSent(t);
  const wrong = await file('wrong.yaml', `${tree}  - writer CLIENT insert\n`);
  for (const more of [[], ['--wait', '100ms']]) {
    const args = ['--jaeger', jaeger, '--trace', traceId, '--expect', wrong, ...more];
    const { code, error } = await traces.assert(...args);
    assert.equal(code, 1);
    assert.match(error, /^- {3}writer CLIENT insert$/m);
  }
});

test('a trace that is not there ends with 1 and is said in a line', async (t) => {
  const expected = ['--trace', 'f'.repeat(32), '--expect', treeFile];
  const args = ['--jaeger', await serveSent(t), ...expected];
  const { code, error } = await traces.assert(...args);
  assert.equal(code, 1);
  assert.match(error, /^Trace f{32} is not there: http.+ has no span of it\. Was the request sampled/);
  const waited = await traces.assert(...args, '--wait', '50ms');
  assert.equal(waited.code, 1);
  assert.match(waited.error, /is not there/);
  const inFile = await traces.assert('--file', sentFile, ...expected);
  assert.equal(inFile.code, 1);
  assert.match(inFile.error, /is not there: .+spans\.json has no span of it/);
});

test('a store that does not answer ends with 2, waited for or not', async () => {
  const args = ['--jaeger', 'http://127.0.0.1:1', '--trace', traceId, '--expect', treeFile];
  for (const more of [[], ['--wait', '50ms']]) {
    const { code, error } = await traces.assert(...args, ...more);
    assert.equal(code, 2);
    assert.match(error, /no answer \(.+\)\. Expected a Jaeger query API/);
  }
});

test('traces that are given together may link to each other', async () => {
  const linked = {
    traceId: 'c'.repeat(32),
    spanId: fullId('3'),
    name: 'process orders',
    kind: 5,
    links: [{ traceId, spanId: fullId('2') }],
  };
  const resourceSpans = [...sent.resourceSpans, group('poller', linked)];
  const spans = await file('both.json', { resourceSpans });
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
  const args = ['--file', sentFile, '--junit', junit];
  const report = async (...more: string[]) => {
    await traces.assert(...args, ...more);
    return readFile(junit, 'utf8');
  };
  assert.match(await report('--expect', treeFile), /failures="0" errors="0"/);
  assert.match(await report('--expect', noneFile), /failures="1".+- absent/s);
  assert.match(await report('--expect', join(folder, 'absent.yaml')), /errors="1".+ENOENT/s);
  const nowhere = join(folder, 'no/report.xml');
  assert.equal((await traces.assert(...args, '--expect', 'none.yaml', '--junit', nowhere)).code, 2);
});

test('a fault in the expectation ends with 2 and its place', async () => {
  const path = await file('faulty.yaml', 'span: a\nchildren: 5\n');
  const { code, error } = await traces.assert('--file', sentFile, '--expect', path);
  assert.equal(code, 2);
  assert.ok(error.startsWith(`${path}:2:11: `), error);
});

test('a trace that is asserted can be drawn, also when it is wrong', async () => {
  const args = ['--file', sentFile, '--print', '--ascii'];
  const { code, out } = await traces.assert(...args, '--expect', noneFile);
  assert.equal(code, 1);
  assert.match(out, /\* POST \/orders/);
});

test('a trace is drawn when the wait for it fails', async (t) => {
  const args = ['--jaeger', await serveSent(t), '--trace', traceId, '--wait', '50ms'];
  assert.match((await traces.assert(...args, '--expect', noneFile)).error, /● POST \/orders/);
});

test('options of the expectation and of the command count', async () => {
  const strict = await file('strict.yaml', 'extra: forbid\nroots:\n  - writer SERVER POST /orders\n');
  const source = ['--file', sentFile, '--expect', strict];
  assert.equal((await traces.assert(...source)).code, 1);
  assert.equal((await traces.assert(...source, '--extra', 'allow')).code, 0);
  assert.equal((await traces.assert(...source, '--ignore', '* PRODUCER *')).code, 0);
  const ignoring = await file('i.yaml', 'extra: forbid\nignore: ["* PRODUCER *"]\nroots: [POST /orders]\n');
  assert.equal((await traces.assert('--file', sentFile, '--expect', ignoring)).code, 0);
});

test('64 bits are asserted by their digits', async () => {
  const value = { intValue: '9007199254740993' };
  const [chunk] = structuredClone(sent.resourceSpans);
  Object.assign(chunk?.scopeSpans[0]?.spans[0] ?? {}, { attributes: [{ key: 'n', value }] });
  const spans = await file('big.json', { resourceSpans: [chunk] });
  const asserted = async (n: string) => {
    const big = await file('big.yaml', `span: POST /orders\nattributes: { n: ${n} }\n`);
    return traces.assert('--file', spans, '--expect', big);
  };
  for (const right of ['9007199254740993', '+9007199254740993', '0x20000000000001', '"*"'])
    assert.equal((await asserted(right)).code, 0, right);
  for (const wrong of ['9007199254740992', '9007199254740994', '"9007199254740993"', '9007199254740992.0'])
    assert.match((await asserted(wrong)).error, /^- +n: (.+)\n\+ +n: (?!\1$)9007199254740993$/m, wrong);
});

test('a number too large for a count is refused', async () => {
  const huge = await file('huge.yaml', 'span: a\nlinks: 9007199254740993\n');
  const { code, error } = await traces.assert('--file', sentFile, '--expect', huge);
  assert.equal(code, 2);
  assert.match(error, /huge\.yaml:2:8: Failed to read the root\.links: got 9007199254740993\./);
});

test('a file without a span ends with 1 and is said in a line', async () => {
  const none = await file('none.json', '{"resourceMetrics":[]}');
  const { code, error } = await traces.assert('--file', none, '--expect', treeFile);
  assert.equal(code, 1);
  assert.match(error, /none\.json has no span\. Does the file/);
});
