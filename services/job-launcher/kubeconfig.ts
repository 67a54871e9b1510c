import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';

/** Why no cluster is known: the file, what is wrong with it, and the next command. */
export class KubeconfigError extends Error {
  override name = 'KubeconfigError';
}

/** The client takes any text for a kubeconfig that has nothing in it. */
const LOOKS_LIKE_ONE = /\b(apiVersion|clusters|contexts|users|current-context)\b["']?\s*:/;

/**
 * The cluster that the value of KUBECONFIG, ~/.kube/config or the pod's service account names, in this order. It is read as
 * kubectl reads it: of several files the first that has a name wins, and a file that is missing is skipped.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 *
 * @throws {KubeconfigError} when a file can't be read, when none is there, and when no cluster is chosen
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
  const config = files.length > 0 ? merge(files.map(readFile)) : inCluster();
  if (!config.getCurrentCluster()) throw new KubeconfigError(explainNoCluster(config, files));
  return config;
}

function readFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    const text = readFileSync(file, 'utf8');
    // kubectl takes an empty file for one that has nothing to add.
    if (text.trim() === '') return config;
    if (!LOOKS_LIKE_ONE.test(text)) throw new Error('it is not a kubeconfig');
    config.loadFromFile(file);
    return config;
  } catch (error) {
    // Only the first line: the next ones quote the file, and a token may stand there.
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
    clusters: firstOfEachName(configs.flatMap(({ clusters }) => clusters ?? [])),
    users: firstOfEachName(configs.flatMap(({ users }) => users ?? [])),
    contexts: firstOfEachName(configs.flatMap(({ contexts }) => contexts ?? [])),
    currentContext: configs.map(({ currentContext }) => currentContext).find(Boolean),
  });
  return merged;
}

function firstOfEachName<T extends { name: string }>(entries: readonly T[]): T[] {
  const byName = new Map(entries.toReversed().map((entry) => [entry.name, entry]));
  return [...new Set(entries.map(({ name }) => name))].flatMap((name) => byName.get(name) ?? []);
}

/** Without any file: the service account of a pod, else what kubectl takes as well, localhost:8080. */
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
