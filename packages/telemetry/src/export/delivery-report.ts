import { messageOf, warn } from '../log.ts';

const REPORT_INTERVAL_MS = 60_000;

/** Why spans are lost, and what helps. */
const LOSSES = {
  queue_full: 'the queue was full (a faster collector helps, or a larger OTEL_BSP_MAX_QUEUE_SIZE)',
  export_failed: 'the collector did not take them (TELEMETRY_JOURNAL_DIR keeps them until it does)',
  rejected: 'they were rejected',
  journal_full: 'the span journal was full',
} as const;
export type LossReason = keyof typeof LOSSES;
type Losses = Record<LossReason, number>;

/** What became of the spans of this process so far. */
export interface DeliveryCounts {
  delivered: number;
  lost: Losses;
  /** In the span journal, for when the collector is back. */
  kept: number;
}

/**
 * Counts what becomes of spans, and logs it without a line for each failure. It says once that the collector is away and once that
 * it is back. It reports lost spans at once, and then once a minute.
 */
export class DeliveryReport {
  readonly #counts: DeliveryCounts = { delivered: 0, lost: noLosses(), kept: 0 };
  #reported = noLosses();
  /** What had been lost when the collector went away; undefined while it is there. */
  #lostBeforeOutage: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  get counts(): DeliveryCounts {
    return structuredClone(this.#counts);
  }

  /** The collector has these spans; `kept` of them come from the journal. */
  delivered(count: number, kept = 0): void {
    this.#counts.delivered += count;
    this.#counts.kept -= kept;
    if (this.#lostBeforeOutage === undefined) return;
    const lost = total(this.#counts.lost) - this.#lostBeforeOutage;
    this.#lostBeforeOutage = undefined;
    this.#reported = { ...this.#counts.lost };
    const journaled = this.#counts.kept > 0 ? `, ${spans(this.#counts.kept)} follow from the journal` : '';
    warn(`spans are being delivered again${journaled}; ${lost} were lost`);
  }

  /** The journal has these spans; without a cause it was the queue that had no room. */
  kept(count: number, cause?: unknown): void {
    this.#counts.kept += count;
    if (cause !== undefined) this.#sayAway(`${spans(count)}, the journal keeps them`, cause);
  }

  lost(reason: LossReason, count: number, cause?: unknown): void {
    if (count === 0) return;
    this.#counts.lost[reason] += count;
    if (reason === 'journal_full') this.#counts.kept -= count;
    if (reason === 'export_failed' && this.#sayAway(spans(count), cause, count)) {
      this.#reported.export_failed += count;
    }
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#everyMinute(), REPORT_INTERVAL_MS).unref();
    this.#sayNews(cause);
  }

  /** The last words of a process. */
  close(): void {
    clearInterval(this.#timer);
    this.#sayNews();
    if (this.#counts.kept > 0) {
      warn(`the journal keeps ${spans(this.#counts.kept)} for the next start to deliver`);
    }
  }

  /** False when it was said before. */
  #sayAway(what: string, cause: unknown, lost = 0): boolean {
    if (this.#lostBeforeOutage !== undefined) return false;
    this.#lostBeforeOutage = total(this.#counts.lost) - lost;
    warn(`failed to deliver ${what}; the work continues: ${messageOf(cause)}`);
    return true;
  }

  #everyMinute(): void {
    if (this.#sayNews()) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** What was lost since it was last said. */
  #sayNews(cause?: unknown): boolean {
    const parts = (Object.keys(LOSSES) as LossReason[]).flatMap((reason) => {
      const count = this.#counts.lost[reason] - this.#reported[reason];
      return count > 0 ? `${spans(count)} lost: ${LOSSES[reason]}` : [];
    });
    this.#reported = { ...this.#counts.lost };
    if (parts.length === 0) return false;
    warn(parts.join('; ') + (cause === undefined ? '' : `: ${messageOf(cause)}`));
    return true;
  }
}

function noLosses(): Losses {
  return { queue_full: 0, export_failed: 0, rejected: 0, journal_full: 0 };
}

function total(losses: Losses): number {
  return Object.values(losses).reduce((sum, count) => sum + count, 0);
}

function spans(count: number): string {
  return count === 1 ? '1 span' : `${count} spans`;
}
