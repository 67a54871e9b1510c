import { apiVersionOf, RESOURCES, type Resource } from './resources.ts';

/** The list of OpenAPI documents, one for each group version. */
export function openApiIndex(): object {
  const groups = [...new Set(RESOURCES.map(apiVersionOf))].map((version) =>
    version === 'v1' ? 'api/v1' : `apis/${version}`,
  );
  const paths = Object.fromEntries(
    groups.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=stand-in` }]),
  );
  return { paths };
}

/**
 * As much OpenAPI as kubectl reads before `create -f`: that a kind's PATCH takes `fieldValidation`, so that it leaves checking to the
 * server. No schemas: `kubectl explain` does not work here.
 */
export function openApiV3(group: string): object {
  const resources = RESOURCES.filter((one) => one.group === group);
  const paths = Object.fromEntries(
    resources.map((one) => [`${pathOf(one)}/{name}`, { patch: operation(one) }]),
  );
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'stand-in' }, paths };
}

function pathOf(resource: Resource): string {
  const root = resource.group ? `/apis/${resource.group}/v1` : '/api/v1';
  return `${root}${resource.namespaced ? '/namespaces/{namespace}' : ''}/${resource.plural}`;
}

function operation({ group, kind }: Resource): object {
  const parameter = { name: 'fieldValidation', in: 'query', schema: { type: 'string', uniqueItems: true } };
  return {
    parameters: [parameter],
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-group-version-kind': { group, kind, version: 'v1' },
  };
}
