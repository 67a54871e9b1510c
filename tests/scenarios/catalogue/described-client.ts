import type { OpenApiDocument } from '@beyond-headers/service-kit';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export interface Call {
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  /** The expected status code. Default: the one for success. */
  status?: number;
}

/** A client that calls a service as its OpenAPI document describes. */
export interface DescribedClient {
  /** Makes a call, for example `GET /orders/{id}`. Throws if the response doesn't match the OpenAPI document. */
  call<T>(name: string, call?: Call): Promise<T>;
  /** Returns the documented calls that haven't been made. */
  untried(): string[];
}

/** Returns a client for a running service, from its `/openapi.json`. */
export async function describedClient(baseUrl: string): Promise<DescribedClient> {
  const document = (await (await fetch(`${baseUrl}/openapi.json`)).json()) as OpenApiDocument;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', ...document });
  const untried = new Set(namesOf(document));
  return {
    untried: () => [...untried],
    async call<T>(name: string, call: Call = {}): Promise<T> {
      untried.delete(name);
      const [method = '', path = ''] = name.split(' ');
      const operation = document.paths[path]?.[method.toLowerCase()];
      if (!operation) throw new Error(`${baseUrl} says nothing of ${name}.`);
      const { status, type, text } = await send(`${baseUrl}${pathOf(path, call)}`, method, call);
      const expected =
        call.status ??
        Object.keys(operation.responses)
          .map(Number)
          .find((one) => one < 300);
      if (status !== expected) throw new Error(`${name} answered ${status}, expected ${expected}: ${text}`);
      const content = operation.responses[status]?.content;
      if (!content) return undefined as T;
      if (type in content && !type.endsWith('json')) return text as T;
      const pointer = `api#/paths/${escape(path)}/${method.toLowerCase()}/responses/${status}/content/${escape(type)}/schema`;
      return checked(name, text, ajv.getSchema(pointer), ajv) as T;
    },
  };
}

function namesOf({ paths }: OpenApiDocument): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function pathOf(template: string, { path = {}, query = {} }: Call): string {
  const parameters = new URLSearchParams(query).toString();
  return (
    template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => path[name] ?? '') +
    (parameters && `?${parameters}`)
  );
}

async function send(url: string, method: string, { body, headers = {} }: Call) {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return { status: response.status, type, text: await response.text() };
}

function checked(name: string, text: string, fits: ValidateFunction | undefined, ajv: Ajv2020): unknown {
  if (!fits)
    throw new Error(`${name} answered with a media type that it does not describe: ${text.slice(0, 200)}`);
  const answer: unknown = JSON.parse(text);
  if (fits(answer)) return answer;
  throw new Error(`${name} answered what it does not describe: ${ajv.errorsText(fits.errors)}\n${text}`);
}

/** Escapes a part of a JSON Pointer in a URI fragment. */
const escape = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
