import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { kubectl } from './kubectl.ts';

/** Until the test ends, the PATH has only a folder with this script as kubectl. */
async function onlyOnPath(t: TestContext, script?: string): Promise<void> {
  const [directory, path] = [await mkdtemp(join(tmpdir(), 'kubectl-')), process.env['PATH']];
  process.env['PATH'] = directory;
  t.after(() => {
    process.env['PATH'] = path;
    return rm(directory, { recursive: true });
  });
  const file = join(directory, 'kubectl');
  if (script !== undefined) await writeFile(file, `#!/bin/sh\n${script}\n`).then(() => chmod(file, 0o755));
}

for (const [what, script, message, exitCode] of [
  ['says why', 'echo "no such pod" >&2; exit 3', 'no such pod', 3],
  ['says nothing', 'exit 4', 'Command failed: kubectl get pod', 4],
  ['is missing', undefined, 'kubectl is not on the PATH.', 1],
] as const)
  test(`the error of a kubectl that ${what} has one line`, async (t) => {
    await onlyOnPath(t, script);
    await assert.rejects(kubectl(['get', 'pod'], 'input that is not read'), {
      name: 'KubectlError',
      message,
      exitCode,
    });
  });
