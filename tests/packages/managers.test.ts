import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { after, test } from 'node:test';
import { waitForTrace } from '@beyond-headers/traces';
import { startTraceStore } from '@beyond-headers/trace-store';
import { endOf } from '../support/run.ts';
import { chosen } from './support/choice.ts';
import { MANAGERS, newProject } from './support/project.ts';
import { tarballs } from './support/tarballs.ts';
import { nodeOf, run } from './support/tools.ts';
import { NODES, NODES_OF_TELEMETRY } from './support/versions.ts';

const store = await startTraceStore();
after(() => store.close());

const imports = (names: string, from: string) => ({
  mjs: `import { ${names} } from '${from}';\n`,
  cjs: `const { ${names} } = require('${from}');\n`,
});
/** Returns the same program as an ES module and as CommonJS. */
const both = (name: string, modules: [names: string, from: string][], body: string) =>
  Object.fromEntries(
    (['mjs', 'cjs'] as const).map((kind) => [
      `${name}.${kind}`,
      modules.map(([names, from]) => imports(names, from)[kind]).join('') + body,
    ]),
  );

const CARRY = both(
  'carry',
  [
    ['propagation, ROOT_CONTEXT, trace', '@opentelemetry/api'],
    ['extractContext, injectContext, StrictTraceContextPropagator', '@beyond-headers/propagation'],
  ],
  `propagation.setGlobalPropagator(new StrictTraceContextPropagator());
const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const order = injectContext(trace.setSpanContext(ROOT_CONTEXT, span), {});
console.log(trace.getSpanContext(extractContext(order)).spanId);
`,
);
const READ = both(
  'read',
  [
    ['renderWaterfall', '@beyond-headers/traces'],
    ['buildTree', '@beyond-headers/traces/tree'],
    ['duration', '@beyond-headers/traces/draw'],
  ],
  'console.log(typeof renderWaterfall, buildTree([]).roots.length, duration(4.2));\n',
);
/** Exits at once, so that the exporter's helper process has to send the span. */
const WORK = {
  'work.mjs': `import { inSpan } from '@beyond-headers/telemetry';
await inSpan('work', {}, async (span) => console.log(span.spanContext().traceId));
process.exit(0);
`,
};

for (const manager of chosen(MANAGERS)) {
  test(`${manager.name}: propagation and traces run on every Node.js`, async (t) => {
    const api = { '@opentelemetry/api': '1.9.1' };
    const propagation = newProject(t, {
      dependencies: { ...tarballs('propagation'), ...api },
      files: CARRY,
      manager,
    });
    const traces = newProject(t, { dependencies: tarballs('traces'), files: READ, manager });
    for (const version of NODES) {
      const command = manager.run(nodeOf(version));
      for (const kind of ['mjs', 'cjs']) {
        assert.equal(await output(propagation, [...command, `carry.${kind}`]), 'b7ad6b7169203331\n', version);
        assert.equal(await output(traces, [...command, `read.${kind}`]), 'function 0 4.2 ms\n', version);
      }
    }
  });

  test(`${manager.name}: telemetry loses no span at a sudden end`, async (t) => {
    const project = newProject(t, {
      dependencies: { ...tarballs('telemetry', 'propagation'), '@opentelemetry/api': '1.10.0' },
      files: WORK,
      manager,
    });
    for (const version of NODES_OF_TELEMETRY) {
      const command = [...manager.run(nodeOf(version)), '--import', '@beyond-headers/telemetry/register'];
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: store.otlpUrl, TELEMETRY_FLUSH_BUDGET_MS: '20000' };
      const traceId = (await output(project, [...command, 'work.mjs'], env)).trim();
      assert.match(traceId, /^[0-9a-f]{32}$/);
      const [span] = await waitForTrace(store.queryUrl, traceId, (spans) => spans.length === 1);
      assert.equal(span?.name, 'work');
    }
  });
}

test('npm refuses telemetry on a Node.js that its SDK does not run on', (t) => {
  const strict = { ...tarballs('telemetry', 'propagation'), '@opentelemetry/api': '1.10.0' };
  const node20 = dirname(nodeOf('20.20.2'));
  const manager = {
    install: (project: string) =>
      void run(project, 'npm', ['install', '--engine-strict', '--ignore-scripts'], {
        PATH: `${node20}:${process.env['PATH']}`,
      }),
  };
  assert.throws(() => newProject(t, { dependencies: strict, manager }), /EBADENGINE/);
  const others = { ...tarballs('propagation', 'traces'), '@opentelemetry/api': '1.9.1' };
  assert.doesNotThrow(() => newProject(t, { dependencies: others, manager }));
});

/** Asynchronous, because this process also receives the spans. */
async function output(cwd: string, command: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = await endOf(command, { cwd, env: { ...process.env, ...env } });
  assert.equal(status, 0, `${command.join(' ')}:\n${stdout}${stderr}`);
  // Telemetry must print nothing.
  assert.doesNotMatch(stderr, /telemetry|failed/i);
  return stdout;
}
