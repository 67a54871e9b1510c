import type { KubeObject } from '../objects.ts';
import type { Resource } from './resources.ts';
import { columns as tables, type Column } from './table-columns.ts';

/** Returns the Table that `kubectl get` requests: the columns, and the cells and metadata of each object. */
export function tableOf(
  { plural }: Resource,
  objects: KubeObject[],
  resourceVersion: string,
  withColumns: boolean,
): object {
  // The cast is safe, because the objects are of the same resource as the columns.
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
