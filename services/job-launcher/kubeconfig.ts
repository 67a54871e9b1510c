import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KubeConfig, type Cluster } from '@kubernetes/client-node';

/** Thrown if no cluster is known. The message names the file, what is wrong with it, and the next command to run. */
export class KubeconfigError extends Error {
  override name = 'KubeconfigError';
}

/** The client library accepts any text as an empty kubeconfig. */
const LOOKS_LIKE_ONE = /\b(apiVersion|clusters|contexts|users|current-context)\b["']?\s*:/;

/**
 * Loads the configuration from the files in KUBECONFIG, from ~/.kube/config, or from the pod's service account, in this order.
 * Merges several files as kubectl does: the first file that defines a name wins, and missing files are skipped.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 *
 * @throws {KubeconfigError} if a file or a certificate that it names can't be read, if KUBECONFIG names no existing file, or if no
 * cluster is selected
 */
export function loadKubeconfig(paths = '', home = homedir()): KubeConfig {
  const named = paths.split(delimiter).filter(Boolean);
  const files = (named.length > 0 ? named : [join(home, '.kube', 'config')]).filter((file) =>
    existsSync(file),
  );
  if (files.length === 0 && named.length > 0) {
    throw new KubeconfigError(
      `KUBECONFIG names no existing file: got ${named.join(', ')}. Set it to the file of your cluster, or unset it.`,
    );
  }
  const config = merge(files.length > 0 ? files.map(readFile) : [inCluster()]);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new KubeconfigError(explainNoCluster(config, files));
  requireCertificates(config, files);
  // Like kubectl, sends no credentials over plain HTTP, where others can read them.
  if (/^http:/i.test(cluster.server)) config.users = [];
  return config;
}

function readFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    const text = readFileSync(file, 'utf8');
    // kubectl accepts an empty file.
    if (text.replaceAll(/^\s*#.*$/gm, '').trim() === '') return config;
    if (!LOOKS_LIKE_ONE.test(text)) throw new Error('it is not a kubeconfig');
    config.loadFromFile(file);
    return config;
  } catch (error) {
    // Only the first line, because the next lines quote the file, which may contain a token.
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new KubeconfigError(
      `Failed to read the kubeconfig ${file}: ${reason}. Look at it: kubectl config view --kubeconfig ${file}`,
      { cause: error },
    );
  }
}

function merge(configs: readonly KubeConfig[]): KubeConfig {
  const merged = new KubeConfig();
  merged.loadFromOptions({
    clusters: firstOfEachName(configs.flatMap(({ clusters }) => clusters ?? [])).map(asKubectlReads),
    users: firstOfEachName(configs.flatMap(({ users }) => users ?? [])),
    contexts: firstOfEachName(configs.flatMap(({ contexts }) => contexts ?? [])),
    currentContext: configs.map(({ currentContext }) => currentContext).find(Boolean),
  });
  return merged;
}

/**
 * Returns a cluster that the client library treats as kubectl does. An address without a scheme means https only if the cluster has
 * settings of TLS. The library refuses plain HTTP, which `kubectl proxy` uses, unless the check of certificates is off.
 */
function asKubectlReads(cluster: Cluster): Cluster {
  const { caData, caFile, skipTLSVerify } = cluster;
  const scheme = caData || caFile || skipTLSVerify ? 'https://' : 'http://';
  const server = /^https?:\/\//i.test(cluster.server) ? cluster.server : `${scheme}${cluster.server}`;
  return { ...cluster, server, ...(/^http:/i.test(server) && { skipTLSVerify: true }) };
}

/** Throws if a certificate or key of the current context can't be read. Otherwise, each request would fail later. */
function requireCertificates(config: KubeConfig, files: readonly string[]): void {
  const { caFile } = config.getCurrentCluster() ?? {};
  const { certFile, keyFile } = config.getCurrentUser() ?? {};
  const named = { 'certificate-authority': caFile, 'client-certificate': certFile, 'client-key': keyFile };
  for (const [key, file] of Object.entries(named)) {
    try {
      if (file) accessSync(file, constants.R_OK);
    } catch (error) {
      throw new KubeconfigError(
        `The kubeconfig ${files.join(', ')} names a file for ${key} that can't be read: ${(error as Error).message}. ` +
          `Correct it: kubectl config view --minify --kubeconfig ${files[0]}`,
        { cause: error },
      );
    }
  }
}

const firstOfEachName = <T extends { name: string }>(entries: readonly T[]): T[] =>
  entries.filter((entry, index) => index === entries.findIndex(({ name }) => name === entry.name));

/** Uses the pod's service account, or else localhost:8080, which is also kubectl's default. */
function inCluster(): KubeConfig {
  const config = new KubeConfig();
  config.loadFromDefault();
  return config;
}

function explainNoCluster(config: KubeConfig, files: readonly string[]): string {
  const context = config.getCurrentContext() as string | undefined;
  const what = context
    ? `has no cluster for its current context ${JSON.stringify(context)}`
    : 'has no current context';
  const known = config.getContexts().map(({ name }) => name);
  const list = known.length > 0 ? `Its contexts: ${known.join(', ')}.` : 'It has no contexts.';
  return `The kubeconfig ${files.join(', ')} ${what}. ${list} Choose one: kubectl config use-context NAME --kubeconfig ${files[0]}`;
}
