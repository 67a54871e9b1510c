import { rootsInsideCalls } from '../hops/roots-inside-calls.ts';
import type { Rule } from './rule.ts';

export const rootClient: Rule = {
  id: 'root-client',
  severity: 'warning',
  definition:
    'A CLIENT or INTERNAL span starts a trace in a service that other services call. If the span probably belongs to one of these calls, the finding is a warning, and names the call. A span that ran during a call probably belongs to it if the same operation is usually a child of such calls. A request that ran during exactly one call probably belongs to this call if the service never makes this request outside of calls. Otherwise, the severity is only `info`.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-004.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether a timer started the work. If a timer did, put the work into an INTERNAL span, so that the severity is only `info`.',
  mend: 'Keep the context active across callbacks, pools, and queues within the process. If a library calls your code back later, bind the callback to the context, in JavaScript with `context.bind`.',
  find: rootsInsideCalls,
};
