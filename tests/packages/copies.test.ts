import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newProject } from './support/project.ts';
import { tarballs } from './support/tarballs.ts';
import { nodeOf, run } from './support/tools.ts';

/** A program whose SDK brings its own, older copy of the API. */
const program = (kind: 'mjs' | 'cjs') => `${
  kind === 'mjs'
    ? `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
`
    : ''
}const { context, propagation, trace } = require('api-of-the-sdk');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { W3CTraceContextPropagator } = require('@opentelemetry/core');
const { TracerProvider } = require('@opentelemetry/sdk-trace');
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(new TracerProvider());
const span = trace.getTracer('test').startSpan('work');
${kind === 'mjs' ? "const { captureContext } = await import('@beyond-headers/propagation');" : "const { captureContext } = require('@beyond-headers/propagation');"}
context.with(trace.setSpan(context.active(), span), () => {
  captureContext();
  captureContext();
});
`;

test('two copies of the API are named in one warning', () => {
  const project = newProject(
    { after },
    {
      dependencies: {
        ...tarballs('propagation'),
        '@opentelemetry/api': '1.10.0',
        'api-of-the-sdk': 'npm:@opentelemetry/api@1.9.1',
        '@opentelemetry/context-async-hooks': '3.0.0',
        '@opentelemetry/core': '3.0.0',
        '@opentelemetry/sdk-trace': '3.0.0',
      },
      files: { 'main.mjs': program('mjs'), 'main.cjs': program('cjs') },
    },
  );
  for (const kind of ['mjs', 'cjs']) {
    const output = run(project, 'sh', ['-c', `"$NODE" main.${kind} 2>&1`], { NODE: nodeOf('22.15.0') });
    const warnings = output.match(/No context is carried: .*/g) ?? [];
    assert.equal(warnings.length, 1, output);
    assert.match(
      warnings[0] ?? '',
      /registered with @opentelemetry\/api 1\.9\.1.*Run: npm ls @opentelemetry\/api/,
    );
  }
});
