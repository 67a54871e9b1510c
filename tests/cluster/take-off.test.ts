import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { kubectl, render } from '../kustomize/support/kubectl.ts';
import { policyFolder } from './support/context-policy.ts';

for (const [name, folderOf] of [
  ['policy', policyFolder],
  ['webhook', () => Promise.resolve(join(ROOT, 'k8s/components/context-webhook'))],
] as const) {
  test(`one kubectl delete takes the ${name} off`, async () => {
    const folder = await folderOf();
    const installed = () => kubectl('get', '-k', folder, '--ignore-not-found', '-o', 'name');
    assert.equal(await installed(), '');
    await kubectl('apply', '-k', folder);
    try {
      const names = (await installed()).trim().split('\n');
      assert.equal(names.length, (await render(folder.slice(ROOT.length))).length);
    } finally {
      await kubectl('delete', '-k', folder);
    }
    assert.equal(await installed(), '');
  });
}
