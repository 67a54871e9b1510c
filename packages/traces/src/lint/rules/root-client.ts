import { rootsInsideCalls } from '../hops/roots-inside-calls.ts';
import type { Rule } from './rule.ts';

export const rootClient: Rule = {
  id: 'root-client',
  severity: 'warning',
  definition:
    'A CLIENT or INTERNAL span starts a trace in a service that other services call. Perhaps the span belongs to a call that was running at that time, and the context was lost within the service. This is likely if the same operation is usually a child of such a call. It is also likely for a request that the service makes only during calls, if exactly one call was running. If it is likely, the finding is a warning, and names the call. Otherwise, the severity is only `info`.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-004.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether a timer started the work. If a timer did, put the work into an INTERNAL span, so that the severity is only `info`.',
  mend: 'Keep the context active across callbacks, pools, and queues within the process. If a library calls your code back later, bind the callback to the context, in JavaScript with `context.bind`.',
  find: rootsInsideCalls,
};
