import { outputOf } from '../../../support/run.ts';

/** What a process that made a trace says of it. */
export interface Made {
  traceId: string;
  delivered: number;
  lost: Record<'queue_full' | 'export_failed' | 'rejected' | 'journal_full', number>;
  /** What it warned of. */
  warnings: string;
}

/** Has one trace made by a process with our telemetry, and waits until nothing of it is on its way. */
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
