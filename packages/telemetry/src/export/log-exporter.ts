import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { messageOf, warnOnce } from '../log.ts';
import { createOtlpClient } from './otlp-client.ts';
import { postPatiently } from './patient-post.ts';
import { serialize } from './serialize.ts';

/** The maximum number of batches in flight. */
const MAX_IN_FLIGHT = 8;

/**
 * Exports log lines in the same way as spans. If the receiver is unavailable, upstream's exporter delays the end of the process
 * by up to 10 s, because its socket and retry timers keep the process alive. Lost lines are still on stdout, so one warning is
 * enough.
 */
export class LogExporter implements LogRecordExporter {
  readonly #client = createOtlpClient({ signal: 'LOGS' });
  readonly #ending = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();

  export(records: ReadableLogRecord[], done: (result: ExportResult) => void): void {
    if (this.#inFlight.size < MAX_IN_FLIGHT) this.#start(records);
    else warnOfLoss(`${MAX_IN_FLIGHT} batches are on their way and none is answered`);
    // Immediately, because until then a timer of upstream's batch processor keeps the process alive for 30 s.
    done({ code: ExportResultCode.SUCCESS });
  }

  /** Ends the retries before the process ends: each batch in flight gets at most one more attempt. */
  stopRetrying(): void {
    this.#ending.abort();
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  #start(records: ReadableLogRecord[]): void {
    const sent = this.#send(records)
      .catch((error: unknown) => warnOfLoss(messageOf(error)))
      .finally(() => this.#inFlight.delete(sent));
    this.#inFlight.add(sent);
  }

  async #send(records: ReadableLogRecord[]): Promise<void> {
    const { body, ...unsound } = serialize(records, JsonLogsSerializer);
    if (unsound.rejected > 0) warnOfLoss(`${unsound.rejected} ${unsound.reason}`);
    if (!body) return;
    const { rejected, reason } = await postPatiently(body, this.#client, this.#ending.signal);
    if (rejected > 0) warnOfLoss(`the receiver refused ${rejected}: ${reason ?? 'it gave no reason'}`);
  }
}

function warnOfLoss(reason: string): void {
  warnOnce('lost log lines', `log lines are lost, and are on stdout alone: ${reason}`);
}
