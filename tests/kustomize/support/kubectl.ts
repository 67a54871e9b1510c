import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../conformance/hardening/kubernetes-object.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAX_OUTPUT_BYTES = 16 * 2 ** 20;

/** Standard output of a kubectl command; rejects with what it said on standard error. */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run('kubectl', args, { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}

/** The same, with objects as its input. */
export async function kubectlWith(objects: object[], ...args: string[]): Promise<string> {
  const child = spawn('kubectl', [...args, '-f', '-'], { cwd: ROOT });
  let [said, complaint] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (complaint += String(chunk)));
  child.stdin.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${complaint}`);
  return said + complaint;
}

/** What kustomize makes of a folder. */
export async function render(folder: string): Promise<KubernetesObject[]> {
  const text = await kubectl('kustomize', join(ROOT, folder));
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

export async function hasKubectl(): Promise<boolean> {
  return run('kubectl', ['version', '--client']).then(
    () => true,
    () => false,
  );
}
