import { spansAfterDeath } from '../hops/spans-after-death.ts';
import type { Rule } from './rule.ts';

export const outlivedProcess: Rule = {
  id: 'outlived-process',
  severity: 'warning',
  definition:
    'A span ends later than its process, according to the process itself or to an observer, which is a program that watches the process.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow:
    'Whether the clock of the observer differs from the clock of the process, and how exact the times of the observer are.',
  mend: 'End all spans before the process exits. If another program ends the spans that a killed process left open, it should end them at the time when the process ended.',
  find: spansAfterDeath,
};
