import { TYPES } from '../validation/decode.ts';
import { apiVersionOf, RESOURCES, rootOf, type Resource } from './resources.ts';

const SCALARS: Readonly<Record<string, object>> = {
  any: {},
  bool: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  quantity: { type: 'string' },
  string: { type: 'string' },
  time: { type: 'string', format: 'date-time' },
};

/** The list of OpenAPI documents, one for each group version. */
export function openApiIndex(): object {
  const roots = [...new Set(RESOURCES.map(({ group }) => rootOf(group)))];
  const paths = roots.map((root) => [
    root.slice(1),
    { serverRelativeURL: `/openapi/v3${root}?hash=stand-in` },
  ]);
  return { paths: Object.fromEntries(paths) as object };
}

/**
 * As much OpenAPI as kubectl reads: that a kind's PATCH takes `fieldValidation`, so that it leaves checking to the server; and for
 * `kubectl explain` the types of all fields, without their descriptions.
 */
export function openApiOf(group: string): object {
  const resources = RESOURCES.filter((one) => one.group === group);
  const paths = resources.flatMap((one) => [
    [pathOf(one), { get: operation(one) }],
    [`${pathOf(one)}/{name}`, { get: operation(one), patch: operation(one) }],
  ]);
  const schemas = Object.entries(TYPES).map(([name, fields]) => [name, schemaOf(name, fields, resources)]);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'stand-in' },
    paths: Object.fromEntries(paths) as object,
    components: { schemas: Object.fromEntries(schemas) as object },
  };
}

function pathOf({ group, namespaced, plural }: Resource): string {
  return `${rootOf(group)}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}`;
}

function operation(resource: Resource): object {
  const parameter = { name: 'fieldValidation', in: 'query', schema: { type: 'string', uniqueItems: true } };
  return {
    parameters: [parameter],
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-group-version-kind': groupVersionKind(resource),
  };
}

function groupVersionKind({ group, kind }: Resource): object {
  return { group, kind, version: 'v1' };
}

function schemaOf(name: string, fields: Readonly<Record<string, string>>, resources: Resource[]): object {
  const resource = resources.find(({ kind }) => kind === name);
  const properties = Object.entries(fields).map(([field, type]) => [field, typeOf(type)]);
  return {
    type: 'object',
    description: resource ? `${name} of ${apiVersionOf(resource)}` : name,
    properties: Object.fromEntries(properties) as object,
    ...(resource ? { 'x-kubernetes-group-version-kind': [groupVersionKind(resource)] } : {}),
  };
}

function typeOf(type: string): object {
  if (type.startsWith('[]')) return { type: 'array', items: typeOf(type.slice(2)) };
  if (type.startsWith('{}')) return { type: 'object', additionalProperties: typeOf(type.slice(2)) };
  return SCALARS[type] ?? { $ref: `#/components/schemas/${type}` };
}
