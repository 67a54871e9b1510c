import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chosen } from './support/choice.ts';
import { newProject } from './support/project.ts';
import { tarballs } from './support/tarballs.ts';
import { run, tsc } from './support/tools.ts';
import { COMPILERS } from './support/versions.ts';

const CARRIES = `import { captureContext, environmentForChild, inSpan, startFrom } from '@beyond-headers/propagation';
import type { Carrier, TraceShape } from '@beyond-headers/propagation';
import { spawn } from 'node:child_process';
export const shape: TraceShape = 'link';
export const traceparent: string | undefined = captureContext()?.traceparent;
export const length: Promise<number> = inSpan('work', {}, async () => 7);
export const linesOf = (carrier: Carrier<string[]>, lines: string[]): string[] => carrier.keys(lines);
export const child = spawn('x', { env: environmentForChild() });
const copied = environmentForChild({ ...process.env, DEBUG: '1' });
delete copied['DEBUG'];
let own = environmentForChild({ MODE: 'a' });
own = environmentForChild();
export const kept: Array<Record<string, string | undefined>> = [copied, own];
export const none: Parameters<typeof environmentForChild> = [];
export const set: string | undefined = environmentForChild({ LANG: 'C' })['TRACEPARENT'];
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

// The types of Kubernetes' client allow absent fields, but not `undefined` ones.
const UNSET = `import { injectIntoPodSpec, type PodSpecLike, type TraceShape } from '@beyond-headers/propagation';
import { extractFromChange } from '@beyond-headers/propagation/mongodb';
import { recordDerivedSpan, type DerivedSpan } from '@beyond-headers/telemetry';
export const injected = (pod: PodSpecLike, shape?: TraceShape) => injectIntoPodSpec(pod, undefined, { shape });
export const carried = (field?: string) => extractFromChange({ operationType: 'insert' }, { field });
interface Variable { name: string; value?: string; valueFrom?: object }
interface Pod { containers: Container[]; initContainers?: Container[] }
interface Container { env?: Variable[] }
export const kubernetes = (pod: PodSpecLike): Pod => injectIntoPodSpec(pod);
export const derived = (span: DerivedSpan, key?: string) => recordDerivedSpan({ ...span, traceKey: key });
`;

// Frameworks such as Next.js declare this. An object without NODE_ENV then isn't a `ProcessEnv`.
const FRAMEWORK = `declare namespace NodeJS {
  interface ProcessEnv {
    readonly NODE_ENV: 'development' | 'production';
  }
}
`;

/** For each module resolution, the module format and the files to compile. Telemetry has only ES modules. */
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
      // The SDK's types depend on it.
      '@types/node': '22.15.0',
    },
    files: Object.fromEntries([
      ['framework.d.ts', FRAMEWORK],
      ['unset.ts', UNSET],
      ...Object.entries(sources).flatMap(([name, content]) =>
        ['ts', 'cts', 'mts'].map((kind) => [`${name}.${kind}`, content]),
      ),
    ]),
  },
);

const rows = COMPILERS.flatMap(({ typescript, resolutions }) =>
  resolutions.map((resolution) => ({ typescript, resolution })),
);

for (const { typescript, resolution } of chosen(rows)) {
  test(`TypeScript ${typescript} finds the types by ${resolution}`, () => {
    const { module, files } = RESOLUTIONS[resolution];
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', module];
    const resolved = ['--moduleResolution', resolution, '--types', 'node'];
    const args = [tsc(typescript), ...options, ...resolved, ...files];
    assert.equal(run(project, process.execPath, args), '');
  });
}

test('an environment has the variables that a framework declares', () => {
  const [{ typescript }] = COMPILERS;
  const options = ['--noEmit', '--strict', '--module', 'node16', '--types', 'node'];
  const args = [tsc(typescript), ...options, 'framework.d.ts', 'carries.ts'];
  assert.equal(run(project, process.execPath, args), '');
});

test('callers with exact optional types pass on undefined but never get it', () => {
  const [{ typescript }] = COMPILERS;
  // The types of Node.js don't compile with this option.
  const exact = ['--exactOptionalPropertyTypes', '--skipLibCheck', '--types', 'node'];
  const args = [tsc(typescript), '--noEmit', '--strict', '--module', 'node16', ...exact, 'unset.ts'];
  assert.equal(run(project, process.execPath, args), '');
});
