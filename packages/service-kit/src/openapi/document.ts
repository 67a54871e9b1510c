import { STATUS_CODES } from 'node:http';
import { problem } from '@beyond-headers/contracts';
import type { z } from 'zod';
import type { ApiDescription, ApiOperation } from './description.ts';
import { NamedSchemas } from './schemas.ts';
import { SHARED_OPERATIONS } from './shared-operations.ts';

/** The part of OpenAPI that is written here. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, { examples?: unknown[] }>; headers: Record<string, object> };
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  parameters?: Array<{ name: string; in: string; required: boolean; description?: string; schema: object }>;
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content; headers?: object }>;
}

type Content = Record<string, { schema: object }>;

/** OpenAPI 3.1 made from the zod schemas that the service itself validates with, and of what every service has. */
export function describeApi({ title, description, operations }: ApiDescription): OpenApiDocument {
  const schemas = new NamedSchemas();
  const paths: OpenApiDocument['paths'] = {};
  for (const [call, operation] of Object.entries({ ...operations, ...SHARED_OPERATIONS })) {
    const [method = '', path = ''] = call.split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: { operationId: operationId(call), ...describeOperation(operation, schemas) },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1', description },
    paths,
    components: { schemas: schemas.all(), headers: { 'x-trace-id': TRACE_ID_HEADER } },
  };
}

const TRACE_ID_HEADER = {
  description: 'The trace of this call, for support and for looking it up. Absent where telemetry is off.',
  schema: { type: 'string', pattern: '^[0-9a-f]{32}$' },
};

function describeOperation(
  operation: ApiOperation,
  schemas: NamedSchemas,
): Omit<OpenApiOperation, 'operationId'> {
  const { summary, description, path, query, headers, body } = operation;
  const parameters = [
    ...parametersIn('path', path, schemas),
    ...parametersIn('query', query, schemas),
    ...parametersIn('header', headers, schemas),
  ];
  return {
    summary,
    ...(description && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(schemas.add(body, 'input')) } }),
    responses: { ...answersOf(operation, schemas), ...problemsOf(operation, schemas) },
  };
}

function parametersIn(
  place: 'path' | 'query' | 'header',
  object: z.ZodObject | undefined,
  schemas: NamedSchemas,
) {
  if (!object) return [];
  const { properties, required = [] } = schemas.add(object, 'input') as {
    properties: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description && { description }),
    schema,
  }));
}

function answersOf({ answers }: ApiOperation, schemas: NamedSchemas): OpenApiOperation['responses'] {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const headers = { 'x-trace-id': { $ref: '#/components/headers/x-trace-id' } };
      const description = STATUS_CODES[status] ?? status;
      if (answer === null) return [status, { description, headers }];
      if ('mediaType' in answer) {
        const content = { [answer.mediaType]: { schema: { type: 'string' } } };
        return [status, { description: answer.content, headers, content }];
      }
      return [status, { description, headers, content: json(schemas.add(answer, 'output')) }];
    }),
  );
}

/** Problems that every call of this form may be answered with, and the call's own. */
function problemsOf(operation: ApiOperation, schemas: NamedSchemas): OpenApiOperation['responses'] {
  const content = { 'application/problem+json': { schema: schemas.add(problem, 'output') } };
  const reasons: Record<string, string> = {
    ...((operation.body || operation.query) && { 400: 'Not what is expected; `errors` says where.' }),
    ...(operation.body && {
      413: 'The body is larger than 64 KiB.',
      415: 'The body is not `application/json`.',
    }),
    ...operation.problems,
    default: 'Any other problem.',
  };
  return Object.fromEntries(
    Object.entries(reasons).map(([status, description]) => [status, { description, content }]),
  );
}

const json = (schema: object): Content => ({ 'application/json': { schema } });

/** `POST /orders/{id}/retry` is `postOrdersIdRetry`. */
function operationId(call: string): string {
  return call
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+(\w?)/g, (_separator, letter: string) => letter.toUpperCase());
}
