import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';

const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, unknown>;

test('a strict npm runs the install script of Node.js', (t) => {
  const { devDependencies, allowScripts } = read('package.json') as Record<string, Record<string, unknown>>;
  const { packages } = read('package-lock.json') as { packages: Record<string, object> };
  const installed = { 'node_modules/node': packages['node_modules/node'] };
  const root = mkdtempSync(join(tmpdir(), 'allowed-scripts-'));
  t.after(() => rmSync(root, { recursive: true }));
  const write = (path: string, content: object) => writeFileSync(join(root, path), JSON.stringify(content));
  mkdirSync(join(root, 'node_modules/node'), { recursive: true });
  write('package.json', { devDependencies: { node: devDependencies?.['node'] }, allowScripts });
  write('node_modules/.package-lock.json', { lockfileVersion: 3, packages: installed });
  write('node_modules/node/package.json', {
    name: 'node',
    version: devDependencies?.['node'],
    // The real script downloads Node.js.
    scripts: { preinstall: `node -e "fs.writeFileSync('was-run', '')"` },
  });
  const args = ['rebuild', '--ignore-scripts=false', '--strict-allow-scripts', '--loglevel=error', 'node'];
  const { stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.equal(readFileSync(join(root, 'node_modules/node/was-run'), 'utf8'), '');
});
