import { ATTR, type OrderView, type ReportStatus } from '@beyond-headers/contracts';
import { isJobOver, isOrderOver } from '@beyond-headers/journey';
import type { Span } from '@beyond-headers/traces';
import { lint, type Finding } from '@beyond-headers/traces/lint';
import { settingsFromQuery, type RunSettings } from '../view/settings.ts';
import type { JobState, OrderState, RunState, SpanView } from '../view/types.ts';
import type { Sources } from './sources.ts';
import { toSpanView } from './span-view.ts';

/** The limits of one run. Beyond the limit of spans, the page shows a warning. */
const MAX_SPANS = 5_000;
const MAX_TRACES = 60;
const MAX_ORDERS = 50;
const MAX_FINDINGS = 100;

/** Services export their last spans within this time after the last span has ended. */
const QUIET_MS = 1_500;
/**
 * After this time without news, a run is over, unless a service reports unfinished work. If a source has not answered for as
 * long, the run is over anyway.
 */
const GIVE_UP_MS = 90_000;
/** If no span has arrived by then, the trace store doesn't have the trace. */
const UNKNOWN_MS = 8_000;

const ORDER_ID = /^[0-9a-f]{24}$/;
const TRACE_ID = /^[0-9a-f]{32}$/;

interface KnownOrder extends OrderState {
  /** Absent until the writer has returned the order. */
  report?: boolean;
  /** Whether the writer doesn't have the order anymore. Its Job may still run. */
  isDeleted?: boolean;
}

/**
 * Reads everything that belongs to one click, starting from its trace id alone. It finds orders by the attribute of their
 * spans, and further traces by the orders' `traceIds` and by links. So any page can show any run, also after a restart.
 */
export class RunReader {
  /** In the order of arrival. Spans are only appended. */
  readonly spans: SpanView[] = [];
  /** What `traces lint` finds in the spans, most severe first. */
  findings: readonly Finding[] = [];
  readonly runId: string;
  readonly #sources: Sources;
  readonly #seen = new Set<string>();
  readonly #traceIds: Set<string>;
  readonly #orders = new Map<string, KnownOrder>();
  readonly #jobs = new Map<string, JobState>();
  #settings: RunSettings | undefined;
  /** A source that doesn't answer, or a run that is not in the trace store. */
  #problem: string | undefined;
  #settled = false;
  #lastNewsAt = Date.now();
  /** When an order or a Job last changed. The last spans of the work arrive after that. */
  #lastChangeAt = 0;
  #lastCompleteAt = Date.now();

  constructor(runId: string, sources: Sources, settings?: RunSettings) {
    this.runId = runId;
    this.#sources = sources;
    this.#settings = settings;
    this.#traceIds = new Set([runId]);
  }

  get state(): RunState {
    const problem =
      this.#problem ?? (this.#isFull ? `Only the first ${MAX_SPANS} spans are shown.` : undefined);
    return {
      runId: this.runId,
      ...(this.#settings && { settings: this.#settings }),
      traceIds: [...this.#traceIds],
      orders: [...this.#orders.values()].map(({ report: _, isDeleted: __, ...order }) => order),
      jobs: [...this.#jobs.values()],
      findings: this.findings,
      settled: this.#settled,
      ...(problem && { problem }),
    };
  }

  /** Whether nothing of the run has changed for 90 s. The work may still continue, for example after an approval. */
  get isSilent(): boolean {
    return Date.now() - Math.max(this.#lastNewsAt, this.#lastChangeAt) > GIVE_UP_MS;
  }

  /** Reads all sources once. Never rejects: the state contains the problem if a source doesn't answer. */
  async step(): Promise<void> {
    const known = this.#known;
    try {
      await this.#readTraces();
      await Promise.all([...this.#orders.values()].map((known) => this.#readOrder(known)));
      await this.#readJobs();
      this.#problem = undefined;
      this.#lastCompleteAt = Date.now();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    // What this step has found may lead to more.
    this.#settled = this.#known === known && this.#isOver();
  }

  /** A text that changes when more is known. */
  get #known(): string {
    return [this.spans.length, this.#traceIds.size, this.#orders.size].join();
  }

  get #isFull(): boolean {
    return this.spans.length >= MAX_SPANS;
  }

  async #readTraces(): Promise<void> {
    // A large trace takes seconds to read, and no span of it would be shown.
    if (this.#isFull) return;
    const traces = await Promise.all([...this.#traceIds].map((traceId) => this.#sources.trace(traceId)));
    const before = this.spans.length;
    for (const span of traces.flat()) this.#take(span);
    if (this.spans.length > before) this.findings = lint(this.spans).findings.slice(0, MAX_FINDINGS);
  }

  #take(span: Span): void {
    const id = `${span.traceId}/${span.spanId}`;
    if (this.#seen.has(id) || this.#isFull) return;
    this.#seen.add(id);
    this.#lastNewsAt = Date.now();
    const view = toSpanView(span);
    this.spans.push(view);
    this.#follow(view);
  }

  #follow({ attributes, links }: SpanView): void {
    const orderId = attributes[ATTR.orderId];
    if (orderId && ORDER_ID.test(orderId) && !this.#orders.has(orderId) && this.#orders.size < MAX_ORDERS)
      this.#orders.set(orderId, { orderId, status: 'pending', attempts: 0 });
    const order = this.#orders.get(orderId ?? '');
    const maxAttempts = Number(attributes[ATTR.maxAttempts]);
    if (order && maxAttempts > 0) order.maxAttempts = maxAttempts;
    const settings = attributes[ATTR.runSettings];
    if (settings !== undefined) this.#settings ??= settingsFromQuery(new URLSearchParams(settings));
    for (const { traceId } of links) this.#addTrace(traceId);
  }

  #addTrace(traceId: string): void {
    if (TRACE_ID.test(traceId) && this.#traceIds.size < MAX_TRACES) this.#traceIds.add(traceId);
  }

  async #readOrder(known: KnownOrder): Promise<void> {
    const order = await this.#sources.order(known.orderId);
    if (order) this.#note(order);
    else known.isDeleted = known.report !== undefined;
  }

  #note({ orderId, status, attempts, approvalsLeft, error, report, traceIds }: OrderView): void {
    const before = this.#orders.get(orderId);
    if (before?.report !== undefined && before.status !== status) this.#lastChangeAt = Date.now();
    const { maxAttempts } = before ?? {};
    this.#orders.set(orderId, {
      orderId,
      status,
      attempts,
      report,
      ...(maxAttempts && { maxAttempts }),
      ...(approvalsLeft !== undefined && { approvalsLeft }),
      ...(error && { error }),
    });
    for (const traceId of traceIds) this.#addTrace(traceId);
  }

  async #readJobs(): Promise<void> {
    const wanted = [...this.#orders.values()].filter(
      (order) => order.report && (order.status !== 'pending' || order.isDeleted),
    );
    await Promise.all(wanted.map((order) => this.#readJob(`report-${order.orderId}`, order)));
  }

  async #readJob(jobName: string, order: KnownOrder): Promise<void> {
    const known = this.#jobs.get(jobName);
    if (known && isJobOver(known)) return;
    const status = await this.#sources.job(jobName);
    if (status) {
      const job = jobStateOf(status);
      if (known && isJobOver(job)) this.#lastChangeAt = Date.now();
      this.#jobs.set(jobName, job);
    } else if (!isGoingOn(order)) {
      // The Job was never created, or was removed after its time to live.
      this.#jobs.set(jobName, { jobName, phase: 'unknown', failedAttempts: 0 });
    }
  }

  #isOver(): boolean {
    if (this.#problem) return this.isSilent && Date.now() - this.#lastCompleteAt > GIVE_UP_MS;
    if (this.spans.length === 0) return this.#isUnknown();
    const [orders, jobs] = [[...this.#orders.values()], [...this.#jobs.values()]];
    // Unfinished work can continue at any time: after an approval, or when a paused poller is resumed.
    if (orders.some(isGoingOn) || !jobs.every(isJobOver)) return false;
    const lastEndMs = this.spans.reduce((last, { endMs }) => Math.max(last, endMs), this.#lastChangeAt);
    return this.isSilent || (orders.every(isOrderOver) && Date.now() - lastEndMs > QUIET_MS);
  }

  #isUnknown(): boolean {
    if (Date.now() - this.#lastNewsAt < UNKNOWN_MS) return false;
    this.#problem =
      'No span of this run is in the trace store. It keeps the newest traces only; run it again.';
    return true;
  }
}

const isGoingOn = (order: KnownOrder): boolean =>
  order.report !== undefined && !order.isDeleted && !isOrderOver(order);

/** Returns the state of a Job, with how its last attempt ended: `OOMKilled` says more than the Job's own `BackoffLimitExceeded`. */
function jobStateOf({ jobName, phase, reason, attempts, maxAttempts }: ReportStatus): JobState {
  const ended = attempts.filter(({ finishedAt }) => finishedAt !== undefined);
  const last = ended.at(-1);
  const why = last?.reason ?? reason;
  return {
    jobName,
    phase,
    failedAttempts: ended.filter((attempt) => attempt.phase !== 'Succeeded').length,
    maxAttempts,
    ...(why && { reason: why }),
    ...(last?.exitCode !== undefined && { exitCode: last.exitCode }),
  };
}
