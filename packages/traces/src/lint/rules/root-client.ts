import { rootsInsideCalls } from '../hops/roots-inside-calls.ts';
import type { Rule } from './rule.ts';

export const rootClient: Rule = {
  id: 'root-client',
  severity: 'warning',
  definition:
    'A CLIENT or INTERNAL span starts a trace in a service that others call. If such a call was running at that time, the finding is a warning and names the call. If no call was running, the severity is info. It is also info if the service makes the same request at other times, while no call is running.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-004.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether a timer started the work. If so, put the work into a span of kind INTERNAL. The severity is then only `info`.',
  mend: 'Keep the context active across callbacks, pools, and queues within the process. If a library calls your code back later, bind the callback to the context.',
  find: rootsInsideCalls,
};
