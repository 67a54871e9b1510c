import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { KubeconfigError, loadKubeconfig } from './kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-test-'));
after(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
function file(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path(name), text);
  return path(name);
}

/** Returns a kubeconfig whose cluster, context, and user have the same name. `server` shows which file was used. */
const config = (cluster: string, server: string, current = cluster) => `
clusters: [{ name: ${cluster}, cluster: { server: 'http://${server}:1' } }]
contexts: [{ name: ${cluster}, context: { cluster: ${cluster}, user: ${cluster} } }]
users: [{ name: ${cluster}, user: { token: t0ken } }]
${current && `current-context: ${current}`}
`;

const a = file('a', config('shared', 'first'));
const b = file('b', config('shared', 'second'));
const other = file('other', config('other', 'third'));
const undecided = file('undecided', config('quiet', 'fourth', ''));
const empty = file('empty', '\n');
const missing = path('missing');

/** The server that kubectl uses with these files. */
const TAKEN: [files: string[], server: string][] = [
  [[a], 'first'],
  [[a, b], 'first'],
  [[b, a], 'second'],
  [[missing, b], 'second'],
  [[a, missing], 'first'],
  [[other, a], 'third'],
  [[undecided, a], 'first'],
  [[empty, b], 'second'],
  [['', a, ''], 'first'],
];

for (const [files, server] of TAKEN) {
  const names = files.map((name) => name.split('/').at(-1));
  test(`of ${names.join(', ')} the server is that of ${server}`, () => {
    const loaded = loadKubeconfig(files.join(delimiter), '/no/such');
    assert.equal(loaded.getCurrentCluster()?.server, `http://${server}:1`);
    assert.equal(loaded.getCurrentUser()?.token, 't0ken');
  });
}

test('the file in the home folder is read where KUBECONFIG is not set or blank', () => {
  mkdirSync(path('.kube'));
  file('.kube/config', config('home', 'fifth'));
  for (const paths of [undefined, '', delimiter]) {
    assert.equal(loadKubeconfig(paths, folder).getCurrentCluster()?.server, 'http://fifth:1');
  }
});

/** Broken files. The error must name the file, and must not quote its content. */
const BROKEN: [name: string, text: string, says: RegExp][] = [
  ['indented', `clusters:\n - name: a\n  token: t0ken: x\n`, /\(3:/],
  ['text', 'hello t0ken', /it is not a kubeconfig/],
  ['page', '<html>t0ken</html>', /it is not a kubeconfig/],
  ['serverless', 'clusters: [{ name: a, cluster: {} }]', /clusters\[0\]\.cluster\.server is missing/],
  ['json', '{ "clusters": [', /./],
];

for (const [name, text, says] of BROKEN) {
  test(`a broken kubeconfig is named with the next command: ${name}`, () => {
    const broken = file(name, text);
    assert.throws(
      () => loadKubeconfig([a, broken].join(delimiter)),
      (error: unknown) => {
        assert.ok(error instanceof KubeconfigError);
        assert.ok(error.message.startsWith(`Failed to read the kubeconfig ${broken}: `), error.message);
        assert.match(error.message, says);
        assert.ok(error.message.endsWith(`kubectl config view --kubeconfig ${broken}`), error.message);
        assert.doesNotMatch(error.message, /t0ken/);
        return true;
      },
    );
  });
}

test('a folder is not a kubeconfig', () => {
  assert.throws(() => loadKubeconfig(folder), /Failed to read the kubeconfig .*EISDIR/);
});

test('files that are all missing are named', () => {
  assert.throws(
    () => loadKubeconfig([missing, '/no/such'].join(delimiter)),
    new RegExp(`^KubeconfigError: KUBECONFIG names no existing file: got ${missing}, /no/such\\.`),
  );
});

test('a context that is missing or has no cluster is named with those that there are', () => {
  assert.throws(() => loadKubeconfig(undecided), /has no current context\. Its contexts: quiet\./);
  const wrong = file('wrong', config('a', 'sixth', 'gone'));
  assert.throws(() => loadKubeconfig(wrong), /its current context "gone"\. Its contexts: a\./);
  assert.throws(() => loadKubeconfig(empty), /has no current context\. It has no contexts\./);
});
