import type { z } from 'zod';

/** An answer that is not JSON: its media type, and a sentence on what it contains. */
export interface OtherAnswer {
  mediaType: string;
  content: string;
}

/** One call of a service, as far as OpenAPI 3.1 describes it. Descriptions of fields are those of the zod schemas. */
export interface ApiOperation {
  summary: string;
  /** More than the summary has room for. */
  description?: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** Schema of the successful answer by status; `null` where it has no body. */
  answers: Record<number, z.ZodType | OtherAnswer | null>;
  /** When a call is not successful, by status; what holds for every call with a body or a query is added. */
  problems?: Record<number, string>;
}

export type ApiOperations = Record<`${'GET' | 'POST' | 'DELETE'} /${string}`, ApiOperation>;

/** The calls of a service by method and path, in OpenAPI's form: `GET /orders/{id}`. */
export interface ApiDescription {
  title: string;
  description: string;
  operations: ApiOperations;
}
