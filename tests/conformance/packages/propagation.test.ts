import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { compileIn, packPackage, type PackedPackage } from './packed.ts';

const readme = readFileSync(join(ROOT, 'packages/propagation/README.md'), 'utf8');
const howTo = readFileSync(join(ROOT, 'docs/how-to/write-your-own-carrier.md'), 'utf8');

let packed: PackedPackage;
let projects: Record<'module' | 'commonjs', string>;

before(async () => {
  packed = await packPackage('propagation');
  const api = '@opentelemetry/api';
  projects = { module: packed.newProject('module', api), commonjs: packed.newProject('commonjs', api) };
});
after(() => packed.remove());

test('every example runs in a new ESM project', () => {
  const project = projects.module;
  const examples = [...examplesIn(readme), ...examplesIn(howTo)];
  assert.ok(examples.length >= 14, `${examples.length} examples in the README and the how-to`);
  for (const [index, { code, output }] of examples.entries()) {
    writeFileSync(join(project, `example-${index}.js`), code);
    // Node.js prints a long object on several lines. A page shows it on one.
    assert.equal(node(project, `example-${index}.js`).replaceAll(/\s+/g, ' ').trim(), output);
  }
});

test('a new CommonJS project can require it', () => {
  const project = projects.commonjs;
  const names = 'Object.keys(require("@beyond-headers/propagation")).sort().join()';
  writeFileSync(join(project, 'main.js'), `process.stdout.write(${names})`);
  writeFileSync(
    join(project, 'main.mjs'),
    `import * as all from '@beyond-headers/propagation'; process.stdout.write(Object.keys(all).filter((name) => !/^(default|module)/.test(name)).sort().join())`,
  );
  assert.match(node(project, 'main.js'), /annotationsCarrier.*withBaggageAllowList/);
  assert.equal(node(project, 'main.js'), node(project, 'main.mjs'));
});

test('the types hold in both kinds of project', () => {
  const program =
    "import { captureContext, type TraceShape } from '@beyond-headers/propagation';\n" +
    "export const shape: TraceShape = 'link';\n" +
    'export const traceparent: string | undefined = captureContext()?.traceparent;\n' +
    '// @ts-expect-error: a number is not a shape\nexport const wrong: TraceShape = 7;\n';
  for (const project of Object.values(projects)) assert.doesNotThrow(() => compileIn(project, program));
});

/** Returns the JavaScript examples of a Markdown page. Lines such as `// → text` contain the expected output. */
function examplesIn(page: string): Array<{ code: string; output: string }> {
  return Array.from(page.matchAll(/^```js\n([^]*?)^```$/gm), ([, code = '']) => ({
    code,
    output: Array.from(code.matchAll(/^\/\/ → (.*)$/gm), ([, line]) => line).join(' '),
  }));
}

function node(cwd: string, file: string): string {
  return execFileSync(process.execPath, [file], { cwd, encoding: 'utf8' });
}
