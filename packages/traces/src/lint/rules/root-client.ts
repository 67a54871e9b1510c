import { rootsInsideCalls } from '../hops/roots-inside-calls.ts';
import type { Rule } from './rule.ts';

export const rootClient: Rule = {
  id: 'root-client',
  severity: 'warning',
  definition:
    'A CLIENT or INTERNAL span starts a trace in a service that other services call. If the service was handling such a call at that time, the span probably belongs to the call. The finding is then a warning, and names the call. If the service was handling no call, the severity is only `info`. It is also `info` if the service makes the same request at other times, without a call.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-004.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether a timer started the work. If a timer did, put the work into an INTERNAL span, so that the severity is only `info`.',
  mend: 'Keep the context active across callbacks, pools, and queues within the process. If a library calls your code back later, bind the callback to the context, in JavaScript with `context.bind`.',
  find: rootsInsideCalls,
};
