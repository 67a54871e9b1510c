import { messageOf, warn } from '../log.ts';

const REPORT_INTERVAL_MS = 60_000;

/** The reasons for which spans are lost, with remedies. */
const LOSSES = {
  queue_full: 'the queue was full (a faster collector helps, or a larger OTEL_BSP_MAX_QUEUE_SIZE)',
  export_failed: 'the collector did not take them (TELEMETRY_JOURNAL_DIR keeps them until it does)',
  rejected: 'they were rejected',
  journal_full: 'the span journal was full',
} as const;
export type LossReason = keyof typeof LOSSES;
type Losses = Record<LossReason, number>;

/** The numbers of this process's spans, by outcome. */
export interface DeliveryCounts {
  delivered: number;
  lost: Losses;
  /** Spans that the journal keeps until the collector is available again. */
  kept: number;
}

/**
 * Counts the outcomes of spans, and logs them without a line for each failure. It logs once when the collector becomes
 * unavailable, and once when it recovers. It reports lost spans immediately, and then once a minute.
 */
export class DeliveryReport {
  readonly #counts: DeliveryCounts = { delivered: 0, lost: noLosses(), kept: 0 };
  #reported = noLosses();
  /** The number of spans that were lost before the outage; undefined without an outage. */
  #lostBeforeOutage: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  get counts(): DeliveryCounts {
    return structuredClone(this.#counts);
  }

  /** Counts delivered spans, of which `kept` come from the journal. */
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

  /** Counts spans that the journal keeps. Without a cause, the queue had no room for them. */
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

  /** Logs the final report of the process. */
  close(): void {
    clearInterval(this.#timer);
    this.#sayNews();
    if (this.#counts.kept > 0) {
      warn(`the journal keeps ${spans(this.#counts.kept)} for the next start to deliver`);
    }
  }

  /** Warns that the collector is unavailable. Returns false if it has already warned. */
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

  /** Warns about the spans that were lost since the last report. Returns false if there are none. */
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
