import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadAssets } from './assets.ts';
import { loadModules } from './page-modules.ts';

const folder = await mkdtemp(join(tmpdir(), 'page-modules-'));
after(() => rm(folder, { recursive: true }));

async function load(code: string) {
  const file = join(folder, 'main.ts');
  await writeFile(file, code);
  return loadModules([{ url: '/assets/browser/main.ts', file }]);
}

test('every import of the page is served, and each module once', () => {
  const modules = loadAssets().filter(({ type }) => type === 'text/javascript');
  const urls = modules.map(({ url }) => url);
  assert.equal(new Set(urls).size, urls.length);
  for (const { url, body } of modules) {
    for (const [, specifier = ''] of body
      .toString()
      .matchAll(/^(?:import|export)\b[^'";]*\bfrom '([^']+)';$/gm))
      assert.ok(
        urls.includes(new URL(specifier, `http://page${url}`).pathname),
        `${url} imports ${specifier}`,
      );
  }
});

test('a package is imported from where it is served, with what it imports', async () => {
  await writeFile(join(folder, 'dom.ts'), 'export const h = (text: string) => text;\n');
  const [main, ...others] = await load(
    [
      "import { h } from './dom.ts';",
      "import { duration } from '@beyond-headers/traces/draw';",
      "import type { Span } from '@beyond-headers/traces';",
      "export const other = (span: Span) => h(span ? duration(1) : 'node:util');",
    ].join('\n'),
  );
  const urls = others.map(({ url }) => url);
  assert.match(main?.code ?? '', /from '\/assets\/@beyond-headers\/traces\/src\/draw\/index\.ts';/);
  assert.ok(urls.includes('/assets/browser/dom.ts'));
  assert.ok(urls.includes('/assets/@beyond-headers/traces/src/draw/rows.ts'));
  assert.ok(urls.includes('/assets/@beyond-headers/traces/src/tree/build-tree.ts'));
  assert.ok(!urls.some((url) => /read|cli/.test(url)), 'types alone bring no module');
});

for (const specifier of ['node:util', 'express', '@opentelemetry/api']) {
  test(`a page can not import ${specifier}`, async () => {
    await assert.rejects(load(`import x from '${specifier}';\nx();\n`), (error: Error) =>
      error.message.includes(`main.ts for a page: it imports "${specifier}". Expected`),
    );
  });
}
