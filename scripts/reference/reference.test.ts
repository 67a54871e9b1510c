import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../project-files.ts';
import { difference } from './difference.ts';
import { PAGES } from './pages.ts';

for (const { path, render } of PAGES) {
  test(`${path} is what the code says`, async () => {
    const stale = difference(read(path), await render());
    assert.equal(stale, '', `run: npm run reference\n${stale}`);
  });
}

test('no overlay is generated, for people edit them', () => {
  assert.deepEqual(
    PAGES.map(({ path }) => path).filter((path) => path.startsWith('k8s/overlays/')),
    [],
  );
});

test('a difference is shown with its neighbours', () => {
  const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const changed = lines.with(4, 'five');
  assert.equal(difference(lines.join('\n'), lines.join('\n')), '');
  assert.equal(
    difference(lines.join('\n'), changed.join('\n')),
    ['  3', '  4', '- 5', '+ five', '  6', '  7', '  …'].join('\n'),
  );
});
