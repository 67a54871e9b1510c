import type { LogsRequest } from '../otlp/logs-schema.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { toLogLine, type LogLine } from './log-line.ts';
import type { Rejected } from './rejected.ts';

/** The largest share of the store that the lines of one trace may take. */
const SHARE_OF_TRACE = 0.25;

interface Lines {
  /** JSON text, whose size counts against the limit. A `LogLine` would keep the long original of each truncated text in memory. */
  texts: string[];
  bytes: number;
}

/** Keeps log lines in memory, by trace. Beyond the limit, deletes the lines of the trace whose first line arrived earliest, but never those of the trace of a new line. */
export class LogStore {
  readonly #maxBytes: number;
  readonly #byTrace = new Map<string, Lines>();
  #bytes = 0;

  constructor({ maxLogBytes = defaultLimits.maxLogBytes }: Partial<Limits> = {}) {
    this.#maxBytes = maxLogBytes;
  }

  /** Keeps the lines that were written inside a span, and discards the others. */
  add({ resourceLogs }: LogsRequest): Rejected {
    const rejected: Rejected = { count: 0, reason: '' };
    for (const { resource, scopeLogs } of resourceLogs ?? []) {
      for (const record of (scopeLogs ?? []).flatMap(({ logRecords }) => logRecords ?? [])) {
        const line = toLogLine(record, resource ?? {});
        if (!line || this.#keep(line)) continue;
        rejected.count += 1;
        rejected.reason = `trace ${line.traceId} has as many lines as one trace may`;
      }
    }
    return rejected;
  }

  /** Returns the lines of a trace, or of one of its spans, sorted by time. */
  of(traceId: string, spanId?: string): LogLine[] {
    const texts = this.#byTrace.get(traceId)?.texts ?? [];
    return texts
      .map((text) => JSON.parse(text) as LogLine)
      .filter((line) => spanId === undefined || line.spanId === spanId)
      .toSorted((a, b) => a.timeMs - b.timeMs);
  }

  #keep(line: LogLine): boolean {
    const text = JSON.stringify(line);
    const bytes = Buffer.byteLength(text);
    const known = this.#byTrace.get(line.traceId) ?? { texts: [], bytes: 0 };
    if (known.bytes + bytes > this.#maxBytes * SHARE_OF_TRACE) return false;
    this.#byTrace.set(line.traceId, known);
    known.texts.push(text);
    known.bytes += bytes;
    this.#bytes += bytes;
    this.#evict(line.traceId);
    return true;
  }

  /** Deletes the lines of the oldest traces, except the current one, until the others fit. */
  #evict(current: string): void {
    for (const [traceId, { bytes }] of this.#byTrace) {
      if (this.#bytes <= this.#maxBytes) return;
      if (traceId === current) continue;
      this.#byTrace.delete(traceId);
      this.#bytes -= bytes;
    }
  }
}
