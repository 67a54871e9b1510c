import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { KubernetesObject } from './kubernetes-object.ts';

export const KUBERNETES = fileURLToPath(new URL('../../../k8s/', import.meta.url));

/** One object of a manifest, with its file. */
export interface Manifest {
  file: string;
  object: KubernetesObject;
}

interface Kustomization {
  resources?: string[];
  components?: string[];
  secretGenerator?: Generator[];
  configMapGenerator?: Generator[];
}

interface Generator {
  name: string;
  literals?: string[];
  files?: string[];
}

/**
 * Returns every object in these folders of `k8s/`, including components, as written. tests/kustomize checks what kustomize renders, after
 * patches and other transformers.
 */
export function readManifests(
  folders = ['base', ...COMPONENTS, 'overlays/production-like'],
  seen = new Set<string>(),
): Manifest[] {
  return folders
    .map((folder) => join(folder))
    .filter((folder) => !seen.has(folder) && seen.add(folder))
    .flatMap((folder) => readFolder(folder, seen));
}

export const COMPONENTS = readdirSync(`${KUBERNETES}components`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `components/${name}`);

export const readYaml = (path: string): unknown => parse(readFileSync(join(KUBERNETES, path), 'utf8'));

function readFolder(folder: string, seen: Set<string>): Manifest[] {
  const file = join(folder, 'kustomization.yaml');
  const kustomization = readYaml(file) as Kustomization;
  const paths = [...(kustomization.resources ?? []), ...(kustomization.components ?? [])];
  return [
    ...paths.flatMap((path) =>
      path.endsWith('.yaml')
        ? [{ file: join(folder, path), object: readYaml(join(folder, path)) as KubernetesObject }]
        : readManifests([join(folder, path)], seen),
    ),
    ...(kustomization.secretGenerator ?? []).map((generator) => ({
      file,
      object: generated('Secret', folder, generator),
    })),
    ...(kustomization.configMapGenerator ?? []).map((generator) => ({
      file,
      object: generated('ConfigMap', folder, generator),
    })),
  ];
}

function generated(
  kind: string,
  folder: string,
  { name, literals = [], files = [] }: Generator,
): KubernetesObject {
  const entries = [
    ...literals.map((literal) => literal.split(/=(.*)/s).slice(0, 2)),
    ...files.map((file) => {
      const [key, path = key] = file.split('=') as [string, string?];
      return [key, readFileSync(join(KUBERNETES, folder, path), 'utf8')];
    }),
  ];
  const field = kind === 'Secret' ? 'stringData' : 'data';
  const apiVersion = 'v1';
  return {
    apiVersion,
    kind,
    metadata: { name },
    [field]: Object.fromEntries(entries) as Record<string, string>,
  };
}
