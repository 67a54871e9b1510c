import { STATUS_CODES } from 'node:http';
import { problem } from '@beyond-headers/contracts';
import type { z } from 'zod';
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { ApiDescription, ApiOperation, ApiOperations } from './description.ts';
import { SHARED_OPERATIONS } from './shared-operations.ts';

/** The part of OpenAPI that this module writes. */
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
  parameters?: Array<{ name: string; in: string; required?: boolean; description?: string; schema: object }>;
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object }>; headers?: object }
  >;
}

type Responses = ZodOpenApiOperationObject['responses'];

/**
 * Returns the OpenAPI 3.1 document of a service, from the zod schemas with which the service validates. It includes the
 * operations that every service has.
 * @param extra additional operations of this instance
 */
export function describeApi(
  { title, description, operations }: ApiDescription,
  extra: ApiOperations = {},
): OpenApiDocument {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const [call, operation] of Object.entries({ ...operations, ...extra, ...SHARED_OPERATIONS })) {
    const [method = '', path = ''] = call.split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: { operationId: operationId(call), ...describeOperation(operation) },
    };
  }
  const document = createDocument({
    openapi: '3.1.0',
    info: { title, version: '1', description },
    paths,
    components: { headers: { 'x-trace-id': TRACE_ID_HEADER } },
  });
  // The library's type allows references everywhere. Here, only schemas and headers are references.
  return document as unknown as OpenApiDocument;
}

const TRACE_ID_HEADER = {
  description: 'The trace of this call, for support and for looking it up. Absent where telemetry is off.',
  schema: { type: 'string' as const, pattern: '^[0-9a-f]{32}$' },
};

function describeOperation(operation: ApiOperation): ZodOpenApiOperationObject {
  const { summary, description, path, query, headers, body } = operation;
  return {
    summary,
    ...(description && { description }),
    ...((path ?? query ?? headers) && {
      // The library doesn't accept `undefined` here.
      requestParams: { ...(path && { path }), ...(query && { query }), ...(headers && { header: headers }) },
    }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: { ...answersOf(operation), ...problemsOf(operation) },
  };
}

function answersOf({ answers }: ApiOperation): Responses {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const headers = { 'x-trace-id': { $ref: '#/components/headers/x-trace-id' } };
      const description = STATUS_CODES[status] ?? status;
      if (answer === null) return [status, { description, headers }];
      if ('mediaType' in answer) {
        const content = { [answer.mediaType]: { schema: { type: 'string' } } };
        return [status, { description: answer.content, headers, content }];
      }
      return [status, { description, headers, content: json(answer) }];
    }),
  );
}

/** Returns the error responses of every operation of this form, and the operation's own. */
function problemsOf(operation: ApiOperation): Responses {
  const content = { 'application/problem+json': { schema: problem } };
  const reasons: Record<string, string> = {
    ...((operation.body || operation.query) && {
      400: 'The request is invalid. `errors` lists the invalid fields.',
    }),
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

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

/** Returns the ID of an operation: `postOrdersIdRetry` for `POST /orders/{id}/retry`. */
function operationId(call: string): string {
  return call
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+(\w?)/g, (_separator, letter: string) => letter.toUpperCase());
}
