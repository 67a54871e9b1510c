import type { Rejected } from '../store/rejected.ts';
import type { Stores } from '../store/stores.ts';
import { logsRequest } from './logs-schema.ts';
import { exportRequest } from './schema.ts';
import type { WireFields } from './wire.ts';

/** A kind of telemetry that the store accepts. Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export interface Signal {
  path: string;
  what: string;
  /** The JSON name of the number of rejected items in a partial success. */
  countedAs: string;
  fields: WireFields;
  /** Stores a request, which may also be `null` if it is empty. Throws a `ZodError` if it is invalid. */
  add(request: unknown): Rejected;
}

export const signalsOf = ({ traces, logs }: Stores): Signal[] => [
  {
    path: '/v1/traces',
    what: 'spans',
    countedAs: 'rejectedSpans',
    fields: exportRequest.fields,
    add: (request) => traces.add(exportRequest.json.parse(request ?? {})),
  },
  {
    path: '/v1/logs',
    what: 'log lines',
    countedAs: 'rejectedLogRecords',
    fields: logsRequest.fields,
    add: (request) => logs.add(logsRequest.json.parse(request ?? {})),
  },
];
