import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chosen } from './support/choice.ts';
import { newProject } from './support/project.ts';
import { tarballs } from './support/tarballs.ts';
import { run, tsc } from './support/tools.ts';
import { COMPILERS } from './support/versions.ts';

const CARRIES = `import { captureContext, inSpan, startFrom, type Carrier, type TraceShape } from '@beyond-headers/propagation';
export const shape: TraceShape = 'link';
export const traceparent: string | undefined = captureContext()?.traceparent;
export const length: Promise<number> = inSpan('work', {}, async () => 7);
export const linesOf = (carrier: Carrier<string[]>, lines: string[]): string[] => carrier.keys(lines);
// @ts-expect-error: a number is not a shape
startFrom({ shape: 7 });
`;
const READS = `import { assertTree, type Span } from '@beyond-headers/traces';
import { rowsOf } from '@beyond-headers/traces/draw';
import { buildTree } from '@beyond-headers/traces/tree';
export const rows = (spans: Span[]): number => rowsOf(spans).length + buildTree(spans).roots.length;
// @ts-expect-error: kinds are in capitals
assertTree([], { name: 'a', kind: 'client' });
`;
const TRACED = `import { inSpan, LinkBasedSampler, shutdownTelemetry } from '@beyond-headers/telemetry';
export const ended: Promise<void> = inSpan('work', {}, () => shutdownTelemetry());
export const name: string = String(LinkBasedSampler);
// @ts-expect-error: work gives a promise
inSpan('work', {}, () => 7);
`;

/** How modules are resolved, what is compiled to, and which files are compiled: telemetry is for ES modules alone. */
const RESOLUTIONS = {
  node10: { module: 'commonjs', files: ['carries.ts', 'reads.ts', 'traced.ts'] },
  node16: { module: 'node16', files: ['carries.cts', 'reads.cts', 'carries.mts', 'reads.mts', 'traced.mts'] },
  bundler: { module: 'esnext', files: ['carries.ts', 'reads.ts', 'traced.ts'] },
} as const;

const sources = { carries: CARRIES, reads: READS, traced: TRACED };
const project = newProject(
  { after },
  {
    dependencies: {
      ...tarballs('propagation', 'telemetry', 'traces'),
      '@opentelemetry/api': '1.10.0',
      // What the SDK's types ask for.
      '@types/node': '22.15.0',
    },
    files: Object.fromEntries(
      Object.entries(sources).flatMap(([name, content]) =>
        ['ts', 'cts', 'mts'].map((kind) => [`${name}.${kind}`, content]),
      ),
    ),
  },
);

const rows = COMPILERS.flatMap(({ typescript, resolutions }) =>
  resolutions.map((resolution) => ({ typescript, resolution })),
);

for (const { typescript, resolution } of chosen(rows)) {
  test(`TypeScript ${typescript} finds the types by ${resolution}`, () => {
    const { module, files } = RESOLUTIONS[resolution];
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', module];
    const args = [tsc(typescript), ...options, '--moduleResolution', resolution, '--types', 'node', ...files];
    assert.equal(run(project, process.execPath, args), '');
  });
}
