import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../conformance/hardening/kubernetes-object.ts';
import { outputOf, run, succeeds } from '../../support/run.ts';

/** Standard output of a kubectl command; rejects with what it said on standard error. */
export const kubectl = (...args: string[]): Promise<string> => run('kubectl', args);

/** The same, with objects as its input, and with its warnings. */
export async function kubectlWith(objects: object[], ...args: string[]): Promise<string> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { stdout, stderr } = await outputOf('kubectl', [...args, '-f', '-'], { input });
  return stdout + stderr;
}

/** What kustomize makes of a folder. */
export async function render(folder: string): Promise<KubernetesObject[]> {
  const text = await kubectl('kustomize', join(ROOT, folder));
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

export const hasKubectl = (): Promise<boolean> => succeeds('kubectl', ['version', '--client']);
