import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../conformance/hardening/kubernetes-object.ts';
import { run, succeeds } from '../../support/run.ts';

const MODULE = 'github.com/kedacore/keda/v2@v2.20.2';
const CRD = 'config/crd/bases/keda.sh_scaledobjects.yaml';

export const isOfKeda = ({ apiVersion = '' }: KubernetesObject): boolean => apiVersion.startsWith('keda.sh/');

/** Returns the CustomResourceDefinition of ScaledObject, from KEDA's Go module. Undefined if Go isn't installed. */
export async function kedaDefinition(): Promise<KubernetesObject | undefined> {
  if (!(await succeeds('go', ['version']))) return undefined;
  const { Dir } = JSON.parse(await run('go', ['mod', 'download', '-json', MODULE])) as { Dir: string };
  return parse(await readFile(join(Dir, CRD), 'utf8')) as KubernetesObject;
}
