import * as kubernetes from '@kubernetes/client-node';
import type { KubernetesObject } from '../hardening/kubernetes-object.ts';

interface Attribute {
  baseName: string;
  type: string;
}

type Model = { getAttributeTypeMap(): Attribute[] };

/** Reports whether Kubernetes' client has the object's API. It has none of cert-manager and KEDA. */
export const isKnownToClient = ({ apiVersion = '' }: KubernetesObject): boolean =>
  !/^(cert-manager\.io|keda\.sh)\//.test(apiVersion);

/**
 * Returns one line for each unknown field and each value of the wrong type. The types are those of Kubernetes' client, which is generated
 * from its OpenAPI document. Only an API server knows other rules, such as required fields and ranges: `npm run test:kustomize` uses one.
 */
export function schemaFindings(object: KubernetesObject): string[] {
  const { apiVersion = '', kind, metadata } = object;
  const version = apiVersion.split('/').at(-1) ?? '';
  const model = modelOf(`${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`);
  const found = model ? structFindings(model, object, '') : [`no kind ${kind} in ${apiVersion}`];
  return found.map((finding) => `${kind} ${metadata?.name}: ${finding}`);
}

function modelOf(type: string): Model | undefined {
  const found = (kubernetes as Record<string, unknown>)[type];
  return typeof found === 'function' && 'getAttributeTypeMap' in found
    ? (found as unknown as Model)
    : undefined;
}

function structFindings(model: Model, value: object, path: string): string[] {
  const types = new Map(model.getAttributeTypeMap().map(({ baseName, type }) => [baseName, type]));
  return Object.entries(value).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name;
    const type = types.get(name);
    return type ? valueFindings(type, field, at) : [`${at} is not a field`];
  });
}

function valueFindings(type: string, value: unknown, path: string): string[] {
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item) return Array.isArray(value) ? eachOf(item, value, path) : [wrong(path, type, value)];
  const entry = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (entry) return isObject(value) ? eachOf(entry, value, path) : [wrong(path, type, value)];
  const model = modelOf(type);
  if (model) return isObject(value) ? structFindings(model, value, path) : [wrong(path, type, value)];
  return isScalar(type, value) ? [] : [wrong(path, type, value)];
}

const eachOf = (type: string, values: object, path: string): string[] =>
  Object.entries(values).flatMap(([key, value]) => valueFindings(type, value, `${path}[${key}]`));

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isScalar(type: string, value: unknown): boolean {
  if (type === 'IntOrString') return ['number', 'string'].includes(typeof value);
  return ['string', 'number', 'boolean'].includes(type) ? typeof value === type : true;
}

const wrong = (path: string, type: string, value: unknown): string =>
  `${path} is ${JSON.stringify(value)}, expected ${type}`;
