import { RESOURCES, rootOf } from './resources.ts';

const FIELD_VALIDATION = { name: 'fieldValidation', in: 'query', schema: { type: 'string' } };

/** Returns the index of the OpenAPI documents, one for each group version. */
export function openApiIndex(): object {
  const paths = RESOURCES.map(({ group }) => {
    const root = rootOf(group);
    return [root.slice(1), { serverRelativeURL: `/openapi/v3${root}?hash=stand-in` }];
  });
  return { paths: Object.fromEntries(paths) as object };
}

/** Returns the OpenAPI that kubectl reads before a write: PATCH accepts `fieldValidation`, so kubectl leaves validation to the server. */
export function openApiOf(group: string): object {
  const paths = RESOURCES.filter((one) => one.group === group).map(({ plural, kind }) => {
    const patch = {
      parameters: [FIELD_VALIDATION],
      responses: { 200: { description: 'OK' } },
      'x-kubernetes-group-version-kind': { group, kind, version: 'v1' },
    };
    return [`${rootOf(group)}/${plural}/{name}`, { patch }];
  });
  const info = { title: 'Kubernetes', version: 'stand-in' };
  const components = { schemas: {} };
  return { openapi: '3.0.0', info, components, paths: Object.fromEntries(paths) as object };
}
