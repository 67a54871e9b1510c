import { z } from 'zod';

/** One call of a service, as far as OpenAPI 3.1 describes it. */
export interface ApiOperation {
  method: 'get' | 'post';
  /** OpenAPI's form: `/orders/{id}`. */
  path: string;
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  /** Schema of the successful answer by status; `null` where it has no body. */
  answers: Record<number, z.ZodType | null>;
}

export interface ApiDescription {
  title: string;
  operations: ApiOperation[];
}

/** OpenAPI 3.1 made from the zod schemas that the service itself validates with. */
export function describeApi({ title, operations }: ApiDescription): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return { openapi: '3.1.0', info: { title, version: '1' }, paths };
}

function describeOperation({ summary, path, body, query, answers }: ApiOperation): object {
  return {
    summary,
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, schema]) => [
        status,
        { description: summary, ...(schema && { content: json(schema) }) },
      ]),
    ),
  };
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject): object[] {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: z.toJSONSchema(schema as z.ZodType, { io: 'input' }),
  }));
}

const json = (schema: z.ZodType) => ({
  'application/json': { schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) },
});
