import { rootsInsideCalls } from '../hops/roots-inside-calls.ts';
import type { Rule } from './rule.ts';

export const rootClient: Rule = {
  id: 'root-client',
  severity: 'warning',
  definition:
    'A CLIENT or INTERNAL span starts a trace in a service that other services call. Perhaps the span belongs to a call that was running at that time, and the context was lost within the service. In two cases, this is likely, so the finding is a warning and names the call. Either the same operation is usually a child of such a call. Or the span is a request that the service makes only during calls, and exactly one call was running. In all other cases, the severity is only `info`.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-004.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether a timer started the work. If a timer did, put the work into an INTERNAL span, so that the severity is only `info`.',
  mend: 'Keep the context active across callbacks, pools, and queues within the process. If a library calls your code back later, bind the callback to the context, in JavaScript with `context.bind`.',
  find: rootsInsideCalls,
};
