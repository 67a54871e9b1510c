import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { evaluate, type Subcommand } from '../support/tiltfile.ts';

/** File, correct text, wrong text, and the error of the evaluation. */
const TYPOS = [
  ['Tiltfile', 'build_images(settings)', 'build_image(settings)', /`build_image` not found/],
  ['Tiltfile', "'./tilt/tests.star'", "'./tilt/test.star'", /test\.star/],
  ['tilt/images.star', 'live_update=[', 'live_updates=[', /unknown \['live_updates'\]/],
  ['tilt/buttons.star', 'v1alpha1.ui_button(', 'v1alpha1.uibutton(', /`uibutton`/],
  ['tilt/settings.star', "'NODE_IMAGE'", "'NODE_IMAGES'", /NODE_IMAGES/],
  ['Tiltfile', 'version_settings(', "allow_k8s_contexts('any')\nversion_settings(", /`allow_k8s_contexts`/],
] as const;

let root: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'tiltfile-'));
  for (const path of ['Tiltfile', 'tilt', '.env', 'services/services.ts', 'k8s/base'])
    await cp(join(ROOT, path), join(root, path), { recursive: true });
});
after(() => rm(root, { recursive: true }));

for (const subcommand of ['up', 'ci', 'down'] satisfies Subcommand[]) {
  test(`tilt ${subcommand} finds nothing wrong`, async () => {
    const evaluation = await evaluate(subcommand, {}, root);
    assert.equal(evaluation.callsOf('k8s_yaml').length, 1);
  });
}

for (const [file, right, wrong, message] of TYPOS) {
  test(`${file} with ${JSON.stringify(wrong)} fails`, async () => {
    const path = join(root, file);
    const source = await readFile(path, 'utf8');
    assert.ok(source.includes(right), `${file} has no ${right}`);
    await writeFile(path, source.replace(right, wrong));
    try {
      await assert.rejects(evaluate('up', {}, root), message);
    } finally {
      await writeFile(path, source);
    }
  });
}
