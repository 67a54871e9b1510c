import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { compileIn, nodesOnPath, packPackage, type PackedPackage } from './packed.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const span = (spanId: string, name: string, kind: number, more: object = {}) => ({
  traceId,
  spanId: spanId.padStart(16, '0'),
  name,
  kind,
  // A bare number, which must keep all its digits on any Node.js.
  startTimeUnixNano: '@1700000000000000001@',
  endTimeUnixNano: '@1700000000004000003@',
  ...more,
});
const spans = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'writer' } }] },
      scopeSpans: [
        {
          spans: [
            span('1', 'POST /orders', 2),
            span('2', 'send orders', 4, { parentSpanId: '1'.padStart(16, '0') }),
          ],
        },
      ],
    },
  ],
}).replaceAll(/"@(\d+)@"/g, '$1');
const tree = 'span: writer SERVER POST /orders\nchildren:\n  - writer PRODUCER send orders\n';

/** Where npx finds the program. */
const PROGRAM = 'node_modules/.bin/traces';

let packed: PackedPackage;
let project: string;
before(async () => {
  packed = await packPackage('traces');
  project = packed.newProject('module', 'yaml', '@bufbuild/protobuf');
  writeFileSync(join(project, 'spans.json'), spans);
  writeFileSync(join(project, 'tree.yaml'), tree);
  writeFileSync(join(project, 'wrong.yaml'), `${tree}  - writer CLIENT insert\n`);
});
after(() => packed.remove());

test('it brings nothing but what reads YAML and protobuf', () => {
  const manifest = join(project, 'node_modules/@beyond-headers/traces/package.json');
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: object };
  assert.deepEqual(Object.keys(dependencies), ['@bufbuild/protobuf', 'yaml']);
});

for (const [version, program] of nodesOnPath()) {
  const env = { ...process.env, PATH: `${dirname(program)}:${process.env['PATH']}` };
  const start = (name: string, args: string[]) =>
    spawnSync(name, args, { cwd: project, env, encoding: 'utf8' });
  /** Runs the program that the project has installed, and never downloads one. */
  const npx = (...args: string[]) => start('npx', ['--no-install', 'traces', ...args]);
  /** Runs the program without npm, which takes longer to start than the program. */
  const command = (...args: string[]) => start(program, [PROGRAM, ...args]);

  test(`${version}: npx traces holds a file against a tree`, () => {
    assert.match(npx('--help').stdout, /^Usage: traces COMMAND/);
    const right = command('assert', '--file', 'spans.json', '--expect', 'tree.yaml', '--print');
    assert.deepEqual({ status: right.status, stderr: right.stderr }, { status: 0, stderr: '' });
    assert.match(right.stdout, /● POST \/orders.+4\.0 ms/);
    const wrong = command(
      'assert',
      '--file',
      'spans.json',
      '--expect',
      'wrong.yaml',
      '--junit',
      'report.xml',
    );
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /^- {3}writer CLIENT insert$/m);
    assert.match(readFileSync(join(project, 'report.xml'), 'utf8'), /<failure message="The trace is not/);
    assert.match(command('draw', '--file', 'spans.json').stdout, /● POST \/orders.+4\.0 ms/);
    assert.equal(command('draw', '--file', 'absent.json').status, 2);
  });

  test(`${version}: npx traces finds where a trace broke`, () => {
    const whole = npx('lint', '--file', 'spans.json');
    assert.deepEqual({ status: whole.status, stderr: whole.stderr }, { status: 0, stderr: '' });
    writeFileSync(join(project, 'orphan.json'), spans.replace('"parentSpanId":"0', '"parentSpanId":"f'));
    const broken = command('lint', '--file', 'orphan.json', '--format', 'json');
    assert.equal(broken.status, 1);
    assert.match(broken.stdout, /"rule": "orphan"/);
    assert.match(command('lint', '--explain', 'orphan').stdout, /^Fix it: /m);
  });

  test(`${version}: the library reads a Jaeger API and asserts`, async (t) => {
    const server = await listen((_request, response) => response.end(spans));
    t.after(() => cutServer(server));
    writeFileSync(
      join(project, 'main.js'),
      "import { assertTree, waitForTrace } from '@beyond-headers/traces';\n" +
        `const spans = await waitForTrace('${urlOf(server)}', '${traceId}');\n` +
        "assertTree(spans, { name: 'POST /orders', children: ['writer PRODUCER send orders'] }, { extra: 'forbid' });\n" +
        'process.stdout.write(`${spans.length} ${spans[0].startNs}`);\n',
    );
    // Asynchronous, because this process also serves the request.
    const { stdout } = await promisify(execFile)(program, [join(project, 'main.js')]);
    assert.equal(stdout, '2 1700000000000000001');
  });
}

test('what a page imports needs no Node.js', () => {
  const folder = join(project, 'node_modules/@beyond-headers/traces');
  const modules = packed.tarball.files.filter((path) => /^dist\/(tree|draw)\/.+\.mjs$/.test(path));
  assert.ok(modules.includes('dist/tree/index.mjs') && modules.includes('dist/draw/index.mjs'));
  for (const module of modules) {
    const code = readFileSync(join(folder, module), 'utf8');
    for (const [, specifier = ''] of code.matchAll(/(?:from|import) "([^"]+)"/g))
      assert.match(specifier, /^(?:\.\/|\.\.\/(?:tree|draw)\/)/, `${module} imports ${specifier}`);
  }
  writeFileSync(
    join(project, 'page.js'),
    "import { buildTree } from '@beyond-headers/traces/tree';\n" +
      "import { duration } from '@beyond-headers/traces/draw';\n" +
      'process.stdout.write(`${buildTree([]).roots.length} ${duration(4.2)}`);\n',
  );
  const { stdout } = spawnSync(process.execPath, [join(project, 'page.js')], { encoding: 'utf8' });
  assert.equal(stdout, '0 4.2 ms');
});

test('its types hold in a project', () => {
  const program =
    "import { assertTree, type Span } from '@beyond-headers/traces';\n" +
    "import { rowsOf } from '@beyond-headers/traces/draw';\n" +
    'export const rows = (spans: Span[]): number => rowsOf(spans).length;\n' +
    "import { lint, type Finding } from '@beyond-headers/traces/lint';\n" +
    'export const find = (spans: Span[]): Finding[] => lint(spans).findings;\n' +
    "export const check = (spans: Span[]): void => assertTree(spans, { name: 'a', kind: 'CLIENT' });\n" +
    "// @ts-expect-error: kinds are in capitals\nassertTree([], { name: 'a', kind: 'client' });\n";
  assert.doesNotThrow(() => compileIn(project, program));
});
