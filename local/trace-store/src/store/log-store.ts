import type { LogsRequest } from '../otlp/logs-schema.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { toLogLine, type LogLine } from './log-line.ts';
import type { Rejected } from './rejected.ts';

/** How much of the store the lines of one trace may take. */
const SHARE_OF_TRACE = 0.25;

interface Lines {
  /** As JSON, which is what was counted. A line itself holds on to the whole text that it was cut from. */
  texts: string[];
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

  /** The lines of a trace, or of one of its spans, in the order of their times. */
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
