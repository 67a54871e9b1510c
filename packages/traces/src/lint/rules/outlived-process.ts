import { spansAfterDeath } from '../hops/spans-after-death.ts';
import type { Rule } from './rule.ts';

export const outlivedProcess: Rule = {
  id: 'outlived-process',
  severity: 'warning',
  definition:
    'A span ends after the process that made it had ended, by what the process itself or an observer says.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow: 'Whether the observer reads its own clock, and how exact its times are.',
  mend: 'End spans before the process exits. Let the observer of a process end the spans that it left open, with the time of its death.',
  find: spansAfterDeath,
};
