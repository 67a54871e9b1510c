import type { LogsRequest } from '../otlp/logs-schema.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { toLogLine, type LogLine } from './log-line.ts';
import type { Rejected } from './rejected.ts';

/** How much of the store the lines of one trace may take. */
const SHARE_OF_TRACE = 0.25;

interface Lines {
  lines: LogLine[];
  bytes: number;
}

/** Log lines by trace, in memory. Beyond the limit those of the trace that was first written about go. */
export class LogStore {
  readonly #maxBytes: number;
  readonly #byTrace = new Map<string, Lines>();
  #bytes = 0;

  constructor({ maxLogBytes = defaultLimits.maxLogBytes }: Partial<Limits> = {}) {
    this.#maxBytes = maxLogBytes;
  }

  /** Keeps what was written inside a span; the rest is taken and forgotten. */
  add({ resourceLogs }: LogsRequest): Rejected {
    const rejected: Rejected = { count: 0, reason: '' };
    for (const { resource, scopeLogs } of resourceLogs) {
      for (const record of (scopeLogs ?? []).flatMap(({ logRecords }) => logRecords ?? [])) {
        const line = toLogLine(record, resource ?? {});
        if (!line || this.#keep(line)) continue;
        rejected.count += 1;
        rejected.reason = `trace ${line.traceId} has as many lines as one trace may`;
      }
    }
    return rejected;
  }

  /** The lines of a trace, in the order of their times. */
  of(traceId: string): LogLine[] {
    return (this.#byTrace.get(traceId)?.lines ?? []).toSorted((a, b) => a.timeMs - b.timeMs);
  }

  #keep(line: LogLine): boolean {
    const bytes = JSON.stringify(line).length;
    const known = this.#byTrace.get(line.traceId) ?? { lines: [], bytes: 0 };
    if (known.bytes + bytes > this.#maxBytes * SHARE_OF_TRACE) return false;
    this.#byTrace.set(line.traceId, known);
    known.lines.push(line);
    known.bytes += bytes;
    this.#bytes += bytes;
    this.#evict();
    return true;
  }

  /** No trace alone fills the store, so the one that was just written about is never needed. */
  #evict(): void {
    for (const [traceId, { bytes }] of this.#byTrace) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#byTrace.delete(traceId);
      this.#bytes -= bytes;
    }
  }
}
