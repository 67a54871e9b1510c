import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { npmSettings } from './npm-settings.ts';
import { chosen } from './support/choice.ts';
import { smallProject, type SmallProject } from './support/small-project.ts';

const COMPLETE = { status: 0, stdout: `${process.version} complete\n` };
const rows = chosen(npmSettings);

let project: SmallProject;
before(() => {
  project = smallProject();
});
after(() => project.remove());

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
