import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { chosen } from './support/choice.ts';
import { smallProject } from './support/small-project.ts';

const COMPLETE = { status: 0, stdout: `${process.version} complete\n` };
/** npm settings that would change what is installed, where, or whether at all. To add one, add a row. */
const NPM_SETTINGS = [
  ['engine-strict', 'true'],
  ['bin-links', 'false'],
  ['omit', 'dev'],
  ['omit', 'optional'],
  ['include', 'prod'],
  ['production', 'true'],
  ['only', 'prod'],
  ['ignore-scripts', 'true'],
  ['dry-run', 'true'],
  ['global', 'true'],
  ['location', 'global'],
  ['prefix', '/no/such'],
  ['package-lock', 'false'],
  ['package-lock-only', 'true'],
  ['save', 'false'],
  ['install-strategy', 'linked'],
  ['install-links', 'true'],
  ['legacy-peer-deps', 'true'],
  ['strict-peer-deps', 'true'],
  ['force', 'true'],
  ['workspaces', 'false'],
  ['workspace', 'a-workspace'],
  ['os', 'win32'],
  ['cpu', 'mips'],
  ['loglevel', 'silent'],
  ['json', 'true'],
  ['offline', 'true'],
  ['script-shell', '/bin/false'],
  ['node-options', '--require /no/such.cjs'],
] as const;

const rows = chosen(NPM_SETTINGS.map(([name, value]) => ({ kind: 'npm', name, value })));

const project = smallProject();
after(() => project.remove());

test('what was installed on another system is installed again', async () => {
  const { stderr: first } = await project.setUp({});
  const { stderr: second } = await project.setUpAgain();
  const program = join(project.folder, 'node_modules/node/bin/node');
  rmSync(program);
  writeFileSync(program, 'a program for another system', { mode: 0o755 });
  writeFileSync(join(project.folder, 'node_modules/.system'), 'another system');
  const { status, stdout, stderr: third } = await project.setUpAgain();
  assert.deepEqual({ status, stdout }, COMPLETE, third);
  const installs = [first, second, third].map((text) => text.includes('setup: installing'));
  assert.deepEqual(installs, [true, false, true]);
});

for (const { name, value } of rows) {
  const variable = `npm_config_${name.replaceAll('-', '_')}`;
  test(`everything is installed with ${variable}=${value}`, async () => {
    const { status, stdout, stderr } = await project.setUp({ [variable]: value });
    assert.deepEqual({ status, stdout }, COMPLETE, stderr);
  });

  // A workspace in ~/.npmrc makes no sense, because it would apply to every project.
  if (name === 'workspace') continue;
  test(`everything is installed with ${name}=${value} in ~/.npmrc`, async () => {
    const userconfig = join(project.folder, 'npmrc');
    writeFileSync(userconfig, `${name}=${value}\n`);
    const { status, stdout, stderr } = await project.setUp({ npm_config_userconfig: userconfig });
    assert.deepEqual({ status, stdout }, COMPLETE, stderr);
  });
}
