import { rootsInsideCalls } from '../hops/roots-inside-calls.ts';
import type { Rule } from './rule.ts';

export const rootClient: Rule = {
  id: 'root-client',
  severity: 'warning',
  definition:
    'A CLIENT or INTERNAL span begins a trace in a service that others call. Where a call that it fits into was under way it is a warning and names the call; otherwise it is a hint (info).',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-004.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow: 'Whether the work was begun by a timer: then a span of kind INTERNAL around it says so.',
  mend: 'Keep the context active across callbacks, pools and queues within the process; bind it where a library calls back later.',
  find: rootsInsideCalls,
};
