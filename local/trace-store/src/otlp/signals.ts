import type { z } from 'zod';
import type { Rejected } from '../store/rejected.ts';
import type { Stores } from '../store/stores.ts';
import { logsRequest } from './logs-schema.ts';
import { exportRequest } from './schema.ts';
import type { WireFields } from './wire.ts';

type Stored = { success: true; data: Rejected } | { success: false; error: z.ZodError };

/** One of the kinds of telemetry that are taken. Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export interface Signal {
  path: string;
  what: string;
  /** What a partial success calls the number of what was rejected. */
  countedAs: string;
  fields: WireFields;
  /** Stores a request, which may be anything. */
  add(request: unknown): Stored;
}

export const signalsOf = ({ traces, logs }: Stores): Signal[] => [
  {
    path: '/v1/traces',
    what: 'spans',
    countedAs: 'rejectedSpans',
    fields: exportRequest.fields,
    add: (request) => stored(exportRequest.json, request, (parsed) => traces.add(parsed)),
  },
  {
    path: '/v1/logs',
    what: 'log lines',
    countedAs: 'rejectedLogRecords',
    fields: logsRequest.fields,
    add: (request) => stored(logsRequest.json, request, (parsed) => logs.add(parsed)),
  },
];

function stored<T>(schema: z.ZodType<T>, request: unknown, add: (parsed: T) => Rejected): Stored {
  const parsed = schema.safeParse(request);
  return parsed.success ? { success: true, data: add(parsed.data) } : parsed;
}
