import type { z } from 'zod';

/** A response that is not JSON: its media type, and a sentence about what it contains. */
export interface OtherAnswer {
  mediaType: string;
  content: string;
}

/** An operation of a service, with the information for OpenAPI 3.1. The zod schemas describe the fields. */
export interface ApiOperation {
  summary: string;
  /** Details that don't fit into the summary. */
  description?: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** The schemas of successful responses by status code; `null` if there is no body. */
  answers: Record<number, z.ZodType | OtherAnswer | null>;
  /** The reasons for error responses by status code. Those for every call with a body or a query are added. */
  problems?: Record<number, string>;
}

export type ApiOperations = Record<`${'GET' | 'POST' | 'DELETE'} /${string}`, ApiOperation>;

/** The API of a service. Its operations are named by method and path, in OpenAPI's form: `GET /orders/{id}`. */
export interface ApiDescription {
  title: string;
  description: string;
  operations: ApiOperations;
}
