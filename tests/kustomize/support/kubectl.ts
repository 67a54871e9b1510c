import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../conformance/hardening/kubernetes-object.ts';
import { outputOf, run, succeeds } from '../../support/run.ts';

/** Returns the stdout of a kubectl command. Rejects with its stderr. */
export const kubectl = (...args: string[]): Promise<string> => run('kubectl', args);

/** Runs a kubectl command with objects as its input. Returns stdout and stderr, which has the warnings. */
export async function kubectlWith(objects: object[], ...args: string[]): Promise<string> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { stdout, stderr } = await outputOf('kubectl', [...args, '-f', '-'], { input });
  return stdout + stderr;
}

/** Returns the objects that kustomize renders from a folder. */
export async function render(folder: string): Promise<KubernetesObject[]> {
  const text = await kubectl('kustomize', join(ROOT, folder));
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

export const hasKubectl = (): Promise<boolean> => succeeds('kubectl', ['version', '--client']);
