import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { run } from './run.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traces = {
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

let folder: string;
let jaeger: string;
const server = createServer((request, response) => {
  if (request.url === `/api/v3/traces/${traceId}`) response.end(JSON.stringify({ result: traces }));
  else response.writeHead(404).end('{}');
});
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-assert-'));
  await writeFile(join(folder, 'spans.json'), JSON.stringify(traces));
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

async function command(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const [out, error]: [string[], string[]] = [[], []];
  const code = await run(args, {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    color: false,
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

test('the expected tree in a file ends with 0', async () => {
  const args = ['--file', join(folder, 'spans.json'), '--expect', await file('tree.yaml', tree)];
  assert.deepEqual(await command(...args), { code: 0, out: 'As expected: 2 spans.', error: '' });
});

test('the expected tree in Jaeger ends with 0', async () => {
  const args = ['--jaeger', jaeger, '--trace', traceId, '--expect', await file('tree.yaml', tree)];
  assert.equal((await command(...args)).code, 0);
  assert.equal((await command(...args, '--wait', '2s')).code, 0);
});

test('another tree ends with 1 and the diff', async () => {
  const wrong = await file('wrong.yaml', `${tree}  - writer CLIENT insert\n`);
  for (const more of [[], ['--wait', '100ms']]) {
    const { code, error } = await command('--jaeger', jaeger, '--trace', traceId, '--expect', wrong, ...more);
    assert.equal(code, 1);
    assert.match(error, /^- {3}writer CLIENT insert$/m);
  }
});

test('a trace that is not there ends with 1', async () => {
  const args = ['--jaeger', jaeger, '--trace', 'f'.repeat(32), '--expect', await file('tree.yaml', tree)];
  assert.equal((await command(...args)).code, 1);
  assert.equal((await command(...args, '--wait', '50ms')).code, 1);
});

test('printing draws the trace also when it is wrong', async () => {
  const source = ['--file', join(folder, 'spans.json'), '--print'];
  const { code, out } = await command(...source);
  assert.equal(code, 0);
  assert.match(out, /● POST \/orders/);
  const wrong = await command(...source, '--ascii', '--expect', await file('none.yaml', 'nobody'));
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /\* POST \/orders/);
});

test('a trace that was waited for in vain is drawn', async () => {
  const args = [
    '--jaeger',
    jaeger,
    '--trace',
    traceId,
    '--wait',
    '50ms',
    '--expect',
    await file('none.yaml', 'nobody'),
  ];
  assert.match((await command(...args)).error, /● POST \/orders/);
});

test('options of the expectation and of the command count', async () => {
  const strict = await file('strict.yaml', 'extra: forbid\nroots:\n  - writer SERVER POST /orders\n');
  const source = ['--file', join(folder, 'spans.json'), '--expect', strict];
  assert.equal((await command(...source)).code, 1);
  assert.equal((await command(...source, '--extra', 'allow')).code, 0);
  assert.equal((await command(...source, '--ignore', '* PRODUCER *')).code, 0);
  const ignoring = await file('i.yaml', 'extra: forbid\nignore: ["* PRODUCER *"]\nroots: [POST /orders]\n');
  assert.equal((await command('--file', join(folder, 'spans.json'), '--expect', ignoring)).code, 0);
});

test('another trace of the file is not looked at', async () => {
  const args = ['--file', join(folder, 'spans.json'), '--trace', 'f'.repeat(32), '--print'];
  assert.equal((await command(...args)).out, '(no spans)');
});

test('help ends with 0 and the usage', async () => {
  const { code, out } = await command('--help');
  assert.equal(code, 0);
  assert.match(out, /^Usage: trace-assert /);
});

for (const [args, reason] of [
  [[], 'Nothing to do'],
  [['--print'], 'Give either --jaeger URL'],
  [['--print', '--file', 'a', '--jaeger', 'http://a'], 'Give either --jaeger URL'],
  [['--print', '--file', 'a', '--wait', '1s'], 'Give either --jaeger URL'],
  [['--print', '--jaeger', 'http://a'], 'Give either --jaeger URL'],
  [['--print', '--jaeger', 'localhost:1', '--trace', 'a'], '--jaeger localhost:1: expected a URL'],
  [['--print', '--jaeger', 'http://a', '--trace', 'a', '--wait', '10'], '--wait 10: expected a time'],
  [['--print', '--file', 'a', '--extra', 'maybe'], '--extra maybe: expected allow or forbid'],
  [['--print', '--file', 'a', '--width', '20'], '--width 20: expected a number'],
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['--print', 'spans.json'], "Unexpected argument 'spans.json'"],
] as const) {
  test(`wrong use ends with 2: ${args.join(' ')}`, async () => {
    const { code, error } = await command(...args);
    assert.equal(code, 2);
    assert.ok(error.includes(reason), error);
    assert.match(error, /Usage: trace-assert/);
  });
}

test('what can not be read ends with 2', async () => {
  const spans = join(folder, 'spans.json');
  assert.equal((await command('--file', join(folder, 'absent.json'), '--print')).code, 2);
  assert.equal((await command('--file', spans, '--expect', join(folder, 'absent.yaml'))).code, 2);
  assert.equal((await command('--jaeger', 'http://127.0.0.1:1', '--trace', traceId, '--print')).code, 2);
  const unknown = await command(
    '--file',
    spans,
    '--expect',
    await file('bad.yaml', 'roots: [a]\nextras: forbid\n'),
  );
  assert.equal(unknown.code, 2);
  assert.match(unknown.error, /bad\.yaml: got extras: "forbid"\. Expected roots, extra/);
});

test('the command is started by its own file', async () => {
  const cli = join(import.meta.dirname, '..', 'cli.ts');
  const args = [cli, '--file', join(folder, 'spans.json'), '--expect', await file('none.yaml', 'nobody')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
  assert.match(stderr, /The trace is not the expected tree/);
});
