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
clusters: [{ name: ${cluster}, cluster: { server: 'https://${server}:1' } }]
contexts: [{ name: ${cluster}, context: { cluster: ${cluster}, user: ${cluster} } }]
users: [{ name: ${cluster}, user: { token: t0ken } }]
${current && `current-context: ${current}`}
`;

const a = file('a', config('shared', 'first'));
const b = file('b', config('shared', 'second'));
const other = file('other', config('other', 'third'));
const undecided = file('undecided', config('quiet', 'fourth', ''));
const empty = file('empty', '\n');
const commented = file('commented', '# apiVersion: v1\n\n  # clusters: []\n');
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
  [[commented, b], 'second'],
];

for (const [files, server] of TAKEN) {
  const names = files.map((name) => name.split('/').at(-1));
  test(`of ${names.join(', ')} the server is that of ${server}`, () => {
    const loaded = loadKubeconfig(files.join(delimiter), '/no/such');
    assert.equal(loaded.getCurrentCluster()?.server, `https://${server}:1`);
    assert.equal(loaded.getCurrentUser()?.token, 't0ken');
  });
}

/** Addresses of servers with the settings of their clusters, and how kubectl reads them. */
const SERVERS: [server: string, settings: string, read: string][] = [
  ['http://127.0.0.1:8001', '', 'http://127.0.0.1:8001'],
  ['127.0.0.1:6443', '', 'http://127.0.0.1:6443'],
  ['localhost:6443', ', insecure-skip-tls-verify: true', 'https://localhost:6443'],
  ['k8s.example', ', certificate-authority-data: YQ==', 'https://k8s.example'],
  ['https://k8s.example', '', 'https://k8s.example'],
];

for (const [server, settings, read] of SERVERS) {
  test(`the server ${server}${settings} is asked at ${read}`, async () => {
    const text = config('a', 'h').replace("server: 'https://h:1'", `server: '${server}'${settings}`);
    const loaded = loadKubeconfig(file('server', text));
    const cluster = loaded.getCurrentCluster();
    assert.equal(cluster?.server, read);
    // The client library refuses a request if it may not use plain HTTP.
    await loaded.applyToHTTPSOptions({});
    assert.equal(cluster.skipTLSVerify, read.startsWith('http:') || settings.includes('skip'));
    // kubectl sends no credentials over plain HTTP.
    assert.equal(loaded.getCurrentUser()?.token, read.startsWith('http:') ? undefined : 't0ken');
  });
}

for (const [key, owner] of [
  ['certificate-authority', "server: 'https://a:1'"],
  ['client-certificate', 'token: t0ken'],
  ['client-key', 'token: t0ken'],
] as const) {
  test(`a missing file for ${key} is named at the start`, () => {
    const text = config('a', 'a').replace(owner, `${owner}, ${key}: pki/missing.pem`);
    assert.throws(
      () => loadKubeconfig(file('certificates', text)),
      ({ message }: Error) =>
        message.includes(`names a file for ${key} that can't be read: ENOENT`) &&
        message.includes(path('pki/missing.pem')) &&
        message.includes('kubectl config view'),
    );
  });
}

test('the file in the home folder is read where KUBECONFIG is not set or blank', () => {
  mkdirSync(path('.kube'));
  file('.kube/config', config('home', 'fifth'));
  for (const paths of [undefined, '', delimiter]) {
    assert.equal(loadKubeconfig(paths, folder).getCurrentCluster()?.server, 'https://fifth:1');
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
