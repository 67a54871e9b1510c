import { outputOf } from '../../../support/run.ts';

/** What a process reports about the trace that it created. */
export interface Made {
  traceId: string;
  delivered: number;
  lost: Record<'queue_full' | 'export_failed' | 'rejected' | 'journal_full', number>;
  /** The stderr of the process. */
  warnings: string;
}

/** Creates one trace in a process with this project's telemetry, and waits until none of its spans is waiting for export. */
export async function makeTrace(otlpUrl: string, spans: number, isPaced: boolean): Promise<Made> {
  const program = new URL('make-spans.ts', import.meta.url).pathname;
  const { stdout, stderr } = await outputOf(
    process.execPath,
    ['--import', '@beyond-headers/telemetry/register', program],
    {
      env: {
        SPANS: String(spans),
        PACED: isPaced ? 'yes' : 'no',
        OTEL_SERVICE_NAME: 'bench',
        OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
      },
    },
  );
  const line = stdout.split('\n').find((text) => text.startsWith('{"traceId"')) ?? '{}';
  return { ...(JSON.parse(line) as Omit<Made, 'warnings'>), warnings: stderr };
}
