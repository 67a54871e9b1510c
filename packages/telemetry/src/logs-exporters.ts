import { knownNames } from './read-env.ts';

/**
 * Reports whether log lines are exported in addition to stdout, by the names in `OTEL_LOGS_EXPORTER`. Warns once about each
 * unknown name. As in upstream, `none` overrides other names.
 */
export function exportsLogs(names: readonly string[], isJob: boolean): boolean {
  const known = isJob
    ? knownNames('OTEL_LOGS_EXPORTER', names, ['otlp', 'none'], 'otlp, none in a job')
    : knownNames('OTEL_LOGS_EXPORTER', names, ['otlp', 'console', 'none']);
  return known.length > 0 && !known.includes('none');
}
