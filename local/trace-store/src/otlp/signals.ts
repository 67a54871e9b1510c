import type { z } from 'zod';
import type { Rejected } from '../store/rejected.ts';
import type { Stores } from '../store/stores.ts';
import { logsRequest } from './logs-schema.ts';
import { exportRequest } from './schema.ts';
import type { WireFields } from './wire.ts';

type Stored = { success: true; data: Rejected } | { success: false; error: z.ZodError };

/** A kind of telemetry that the store accepts. Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export interface Signal {
  path: string;
  what: string;
  /** The JSON name of the number of rejected items in a partial success. */
  countedAs: string;
  fields: WireFields;
  /** Validates a request, and stores it if it is valid. */
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
