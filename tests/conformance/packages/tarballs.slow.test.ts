import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';
import { PACKAGE_NAMES, RECIPES, type PackageName } from '../../../scripts/pack/recipes.ts';
import { packPackage, type PackedPackage } from './packed.ts';

interface Manifest {
  private?: boolean;
  engines: { node: string };
  dependencies?: Record<string, string>;
  peerDependencies: Record<string, string>;
}

const packed: Partial<Record<PackageName, PackedPackage>> = {};
const tarballOf = (name: PackageName) => packed[name]?.tarball ?? assert.fail(`${name} is not packed`);
before(async () => {
  for (const name of PACKAGE_NAMES) packed[name] = await packPackage(name);
});
after(() => Object.values(packed).forEach((each) => each.remove()));

for (const name of PACKAGE_NAMES) {
  const { commonjs, files } = RECIPES[name];

  test(`${name} holds JavaScript, types and little else`, () => {
    const code = commonjs ? /^dist\/[a-z0-9/-]+\.([cm]js|d\.[cm]ts)$/ : /^dist\/[a-z0-9/-]+\.(mjs|d\.mts)$/;
    const others = tarballOf(name).files.filter((path) => !code.test(path) || path.includes('test'));
    assert.deepEqual(others.toSorted(), ['LICENSE', 'README.md', 'package.json', ...files].toSorted());
  });

  test(`${name} depends on nothing that is not published`, () => {
    const { private: unpublished, dependencies = {} } = manifestOf(name);
    assert.equal(unpublished, undefined);
    const own = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@beyond-headers/'));
    const published = PACKAGE_NAMES.map((each) => `@beyond-headers/${each}`);
    assert.deepEqual(
      own.filter((dependency) => !published.includes(dependency)),
      [],
    );
  });

  test(`publint finds nothing in ${name}`, async () => {
    await tool('publint', 'run', tarballOf(name).path, '--strict');
  });

  test(`are-the-types-wrong finds nothing in ${name}`, async () => {
    await tool('attw', '--profile', commonjs ? 'strict' : 'esm-only', tarballOf(name).path);
  });
}

test('telemetry runs where its SDK runs', () => {
  const sdk = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/@opentelemetry/sdk-node/package.json'), 'utf8'),
  ) as Manifest;
  const { engines, peerDependencies } = manifestOf('telemetry');
  assert.deepEqual(engines, sdk.engines);
  assert.deepEqual(peerDependencies, sdk.peerDependencies);
});

/** Reads the package.json in the tarball, as npm does. */
function manifestOf(name: PackageName): Manifest {
  const { path } = tarballOf(name);
  return JSON.parse(
    execFileSync('tar', ['-xzOf', path, 'package/package.json'], { encoding: 'utf8' }),
  ) as Manifest;
}

/** Runs a tool. Rejects with its output if it finds anything. */
const tool = (name: string, ...args: string[]) =>
  promisify(execFile)(join(ROOT, 'node_modules/.bin', name), args).catch((error: unknown) =>
    assert.fail(error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)),
  );
