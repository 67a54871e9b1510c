import type { KubeObject } from '../objects.ts';
import type { Resource } from './resources.ts';
import { columns as tables, type Column } from './table-columns.ts';

/** The Table that `kubectl get` asks the server for: columns, and for each object its cells and metadata. */
export function tableOf(
  { plural }: Resource,
  objects: KubeObject[],
  resourceVersion: string,
  withColumns: boolean,
): object {
  // Each table fits the objects of its own resource, which these are.
  const columns = tables[plural] as Column<KubeObject>[];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: withColumns ? columns.map(definition) : null,
    rows: objects.map((object) => row(object, columns)),
  };
}

function definition([name]: Column<KubeObject>): object {
  return { name, type: 'string', format: name === 'Name' ? 'name' : '', description: name, priority: 0 };
}

function row(object: KubeObject, columns: Column<KubeObject>[]): object {
  const { metadata } = object;
  return {
    cells: columns.map(([, cell]) => cell(object) ?? ''),
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
  };
}
