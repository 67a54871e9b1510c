import type { LintContext } from '../context.ts';
import { OPERATION } from '../model/facts.ts';
import { ABSENT_PARENT, NO_PARENT } from '../model/forest.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';

/** Several pieces of work that share a context, although each should have its own. */
export interface SharedContext {
  /** The span of the shared context. Undefined if it is missing. */
  parent: number | undefined;
  /** The first span of each piece of work, in order of start. */
  firings: number[];
  /** All spans that use the context, including further attempts. */
  all: number[];
  isCertain: boolean;
}

/** Finds contexts that several firings share. A firing is a message, a Job, a run of a schedule, a process, or a request. */
export function sharedContexts(context: LintContext): SharedContext[] {
  return [...firingsByContext(context)].flatMap(([key, spans]) => {
    const parent = typeof key === 'number' ? key : undefined;
    const all = spans.toSorted(context.forest.store.byStart);
    return sharedByWork(context, parent, all) ?? sharedByRepetition(context, parent, all) ?? [];
  });
}

/** Returns the firing spans that share a context, grouped by it. The context of a span is its parent or, for a root, its only link. */
function firingsByContext(context: LintContext): Map<number | string, number[]> {
  // Nearly every context has one firing, which needs no list.
  const first = new Map<number | string, number>();
  const several = new Map<number | string, number[]>();
  for (const span of firingSpans(context)) {
    const key = contextKey(context, span);
    if (key === undefined) continue;
    const [known, others] = [first.get(key), several.get(key)];
    if (others) others.push(span);
    else if (known === undefined) first.set(key, span);
    else several.set(key, [known, span]);
  }
  return several;
}

/**
 * Returns a key for the context of a span: the number of the context's span, or ids if that span is missing. Undefined if no other span can
 * share the context.
 */
function contextKey({ forest }: LintContext, span: number): number | string | undefined {
  const { store, index } = forest;
  const parent = forest.parentOf(span);
  if (parent >= 0) return (forest.childCount[parent] ?? 0) < 2 ? undefined : parent;
  if (parent === ABSENT_PARENT)
    return `${store.trace.at(span)}/${store.parentHigh.at(span)}/${store.parentLow.at(span)}`;
  const [link, ...more] = store.linksOf(span);
  if (!link || more.length > 0) return undefined;
  const target = index.find(link.trace, link.high, link.low);
  return target < 0 ? `${link.trace}/${link.high}/${link.low}` : target;
}

/** Yields consumers, runs of Jobs, and other spans with which a process continues the trace of another process. */
function* firingSpans({ forest, messages, jobs }: LintContext): Generator<number> {
  yield* messages.consumers;
  const isKnown = new Uint8Array(forest.store.size);
  for (const span of messages.consumers) isKnown[span] = 1;
  for (const { entries } of jobs.runs) for (const span of entries) isKnown[span] = 1;
  for (const {
    entries: [first = 0],
  } of jobs.runs)
    if (forest.parentOf(first) !== NO_PARENT) yield first;
  for (const span of forest.order)
    if (forest.parentOf(span) >= 0 && forest.entryOf(span) === span && isKnown[span] === 0) yield span;
}

/** Detects a shared context by the work of its spans: different messages or Jobs should have different contexts. */
function sharedByWork(
  context: LintContext,
  parent: number | undefined,
  all: number[],
): SharedContext | undefined {
  const firings = firstOfEach(context, all);
  if (firings.length < 2 || isBatch(context, parent, firings)) return undefined;
  const own = parent === undefined ? undefined : workOf(context, parent);
  const strangers = own === undefined ? [] : firings.filter((span) => workOf(context, span) !== own);
  const sent = new Set(firings.map((span) => context.messages.whereSent(span)));
  // If the messages were sent in this trace, each consumer has a wrong parent, which another rule reports.
  if (sent.has('here') && !sent.has('elsewhere')) return undefined;
  // Two firings are enough if the parent names the work of one of them, or if they are runs of one CronJob. Otherwise, the parent may have
  // sent them all.
  const namesOne = strangers.length > 0 && strangers.length < firings.length;
  const isCertain = namesOne || areRunsOfOneCronJob(context, firings);
  const isEnough = firings.length >= context.limits.sharedBy || (isCertain && !sent.has('elsewhere'));
  const isSpread = isCertain || sent.has('elsewhere') || firesLater(context, parent, firings);
  return isEnough && isSpread ? { parent, firings, all, isCertain } : undefined;
}

/** Returns a key for the work of a span: its message or its Job. Undefined if the span names neither. */
function workOf({ forest }: LintContext, span: number): string | undefined {
  const { store } = forest;
  const message = store.messages.get(span);
  if (message && message.id !== 0) return `message/${message.id}`;
  if (message && message.correlation !== 0) return `like/${message.correlation}`;
  const named = store.kubernetes.get(span);
  if (named && named.jobUid !== 0) return `job/${store.texts.text(named.jobUid)}`;
  const { jobUid, jobName, namespace } = store.resourceOf(span);
  if (jobUid !== '') return `job/${jobUid}`;
  return jobName === '' ? undefined : `job/${namespace}/${jobName}`;
}

function firstOfEach(context: LintContext, spans: readonly number[]): number[] {
  const firsts = new Map<string, number>();
  for (const span of spans) {
    const work = workOf(context, span);
    if (work !== undefined && !firsts.has(work)) firsts.set(work, span);
  }
  return [...firsts.values()];
}

/** Reports whether the messages were sent or received together. Such messages may share a context. */
function isBatch({ forest }: LintContext, parent: number | undefined, firings: readonly number[]): boolean {
  if (parent === undefined) return false;
  const { store } = forest;
  const message = store.messages.get(parent);
  if (message && (message.batch > 1 || message.operation === OPERATION.RECEIVE)) return true;
  const [first = 0] = firings;
  const last = firings.at(-1) ?? first;
  // One iteration of a loop that processes what it found.
  return forest.areOneProcess(parent, first) && store.start.at(last) <= store.end.at(parent);
}

function areRunsOfOneCronJob({ forest }: LintContext, firings: readonly number[]): boolean {
  const names = new Set(firings.map((span) => forest.store.resourceOf(span).cronJob));
  return names.size === 1 && !names.has('');
}

/** So many successful repetitions are neither retries nor redirects. */
const MIN_REPETITIONS = 10;

/**
 * Detects a shared context by repetition: after the parent ended, the same work begins many times, and succeeds. Examples are the runs of a
 * schedule, processes that inherit a variable, and requests through a proxy that keeps a header.
 */
function sharedByRepetition(
  context: LintContext,
  parent: number | undefined,
  all: number[],
): SharedContext | undefined {
  const { store } = context.forest;
  if (parent === undefined || all.length < MIN_REPETITIONS || isBatch(context, parent, all)) return undefined;
  const [first = 0] = all;
  const isOneJob =
    new Set(all.map((span) => store.resourceOf(span).jobUid)).size === 1 &&
    store.resourceOf(first).jobUid !== '';
  if (isOneJob || isBroadcast(context, all) || store.messages.get(parent)?.operation === OPERATION.PROCESS)
    return undefined;
  const later = all.filter(
    (span) =>
      store.name.at(span) === store.name.at(first) &&
      store.kind.at(span) === store.kind.at(first) &&
      store.error.at(span) === 0 &&
      store.start.at(span) > store.end.at(parent),
  );
  const isRequest = store.kind.at(parent) === KIND.CLIENT;
  const isRepeated = later.length >= MIN_REPETITIONS - 1 && (isRequest || firesLater(context, parent, later));
  return isRepeated ? { parent, firings: all, all, isCertain: false } : undefined;
}

/** Reports whether many processes receive the same message, each of them once. */
function isBroadcast(context: LintContext, all: readonly number[]): boolean {
  const { forest } = context;
  const [work, ...others] = new Set(all.map((span) => workOf(context, span)));
  const processes = new Set(all.map((span) => forest.processOf(span)));
  // Other messages may have the same key.
  return others.length === 0 && work?.startsWith('message/') === true && processes.size === all.length;
}

/**
 * Reports whether the firings are too far apart to have been sent together. The runs of a schedule, or of a document that is read again,
 * begin long after their context ended.
 */
function firesLater(context: LintContext, parent: number | undefined, firings: readonly number[]): boolean {
  const { store } = context.forest;
  const [first = 0] = firings;
  const spreadMs = store.start.at(firings.at(-1) ?? first) - store.start.at(first);
  if (spreadMs <= MIN_SPREAD_MS) return false;
  const isPaused = pausesMs(store, firings) > spreadMs / 2;
  if (parent === undefined || store.kind.at(parent) !== KIND.PRODUCER)
    return isPaused || spreadMs > MAX_BACKLOG_MS || !firings.some((span) => store.messages.has(span));
  const sendMs = store.end.at(parent) - store.start.at(parent);
  return spreadMs > 10 * sendMs && (workOf(context, parent) !== undefined || isPaused);
}

/** Returns the total idle time between firings. Messages that were sent together are processed without long pauses. */
function pausesMs({ start, end }: SpanStore, firings: readonly number[]): number {
  let pausedMs = 0;
  let busyUntilMs = start.at(firings[0] ?? 0);
  for (const span of firings) {
    pausedMs += Math.max(0, start.at(span) - busyUntilMs);
    busyUntilMs = Math.max(busyUntilMs, end.at(span));
  }
  return pausedMs;
}

const MIN_SPREAD_MS = 1_000;
/** A backlog of one request takes at most this long. */
const MAX_BACKLOG_MS = 3_600_000;
