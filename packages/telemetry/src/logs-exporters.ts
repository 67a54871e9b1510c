import { warn } from './log.ts';

const OF_SERVICE = ['otlp', 'console', 'none'];
const OF_JOB = ['otlp', 'none'];

/**
 * Reports whether log lines are exported in addition to stdout, by the names in `OTEL_LOGS_EXPORTER`. Warns once about each
 * unknown name. As in upstream, `none` overrides other names.
 */
export function exportsLogs(names: readonly string[], isJob: boolean): boolean {
  const known = isJob ? OF_JOB : OF_SERVICE;
  const unknown = new Set(names.filter((name) => !known.includes(name)));
  for (const name of unknown) {
    const expected = `${known.join(' or ')}${isJob ? ' in a job' : ''}`;
    warn(`OTEL_LOGS_EXPORTER has ${JSON.stringify(name)}: expected ${expected}; ignoring it`);
  }
  return names.some((name) => known.includes(name)) && !names.includes('none');
}
