import type { LintContext } from '../context.ts';
import { ABSENT_PARENT, NO_PARENT } from '../model/forest.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';

/** Work that began under one context though each piece should have had its own. */
export interface SharedContext {
  /** The span that they all name, undefined where it is not there. */
  parent: number | undefined;
  /** The first span of each piece, in the order of their start. */
  firings: number[];
  /** Every span that hangs on the context, attempts included. */
  all: number[];
  isCertain: boolean;
}

/** Contexts that several firings share: messages, Jobs, runs of a schedule, processes, requests. */
export function sharedContexts(context: LintContext): SharedContext[] {
  return groups(context).flatMap((spans) => sharedBy(context, spans) ?? []);
}

/** What fires, together with all else that hangs on the same context or, as a root, links to it. */
function groups(context: LintContext): number[][] {
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
  return [...several.values()];
}

/** What names the context: the number of its span, or ids where that is not there. Undefined where nothing else can hang on it. */
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

/** Consumers, runs of Jobs, and whatever else begins the spans of a process under one that it does not belong to. */
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

function sharedBy(context: LintContext, spans: number[]): SharedContext | undefined {
  const { store } = context.forest;
  const all = spans.toSorted(store.byStart);
  const parent = parentOf(context, all[0] ?? 0);
  return sharedByWork(context, parent, all) ?? sharedByRepetition(context, parent, all);
}

function parentOf({ forest }: LintContext, span: number): number | undefined {
  const parent = forest.parentOf(span);
  if (parent >= 0) return parent;
  if (parent === ABSENT_PARENT) return undefined;
  const [link] = forest.store.linksOf(span);
  const target = link ? forest.index.find(link.trace, link.high, link.low) : -1;
  return target < 0 ? undefined : target;
}

/** By what each of them works on: another message or another Job has another context. */
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
  // Sent within the same trace they have the wrong parent, and each its own.
  if (sent.has('here') && !sent.has('elsewhere')) return undefined;
  // A parent that names its own message, or one CronJob's runs: two are enough. Otherwise it may have sent them all.
  const namesOne = strangers.length > 0 && strangers.length < firings.length;
  const isCertain = namesOne || areRunsOfOneCronJob(context, firings);
  const isEnough = firings.length >= context.limits.sharedBy || (isCertain && !sent.has('elsewhere'));
  const isSpread = isCertain || sent.has('elsewhere') || firesLater(context, parent, firings);
  return isEnough && isSpread ? { parent, firings, all, isCertain } : undefined;
}

/** What a span works on, as a text of its own: its message, or its Job. Undefined where it does not say. */
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

/** Several messages that were sent or received together share a context by right. */
function isBatch({ forest }: LintContext, parent: number | undefined, firings: readonly number[]): boolean {
  if (parent === undefined) return false;
  const { store } = forest;
  const message = store.messages.get(parent);
  if (message && (message.batch > 1 || message.operation === 'receive')) return true;
  const [first = 0] = firings;
  const last = firings.at(-1) ?? first;
  // One pass of a loop that works off what it found.
  return forest.areOneProcess(parent, first) && store.start.at(last) <= store.end.at(parent);
}

function areRunsOfOneCronJob({ forest }: LintContext, firings: readonly number[]): boolean {
  const names = new Set(firings.map((span) => forest.store.resourceOf(span).cronJob));
  return names.size === 1 && !names.has('');
}

/** As often as no retry goes on after it went well, and no request is redirected. */
const MIN_REPETITIONS = 10;

/**
 * By how often the same begins under one span that is over, without a failure that a retry would follow. Examples are the runs of a
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
  if (isOneJob || isBroadcast(context, all) || store.messages.get(parent)?.operation === 'process')
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

/** One message that many processes receive, each once. */
function isBroadcast(context: LintContext, all: readonly number[]): boolean {
  const { forest } = context;
  const [work, ...others] = new Set(all.map((span) => workOf(context, span)));
  const processes = new Set(all.map((span) => forest.processOf(span)));
  // A key is what other messages have, too.
  return others.length === 0 && work?.startsWith('message/') === true && processes.size === all.length;
}

/** Sent together they would begin together; a schedule or a document that is read again begins long after its context is over. */
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

/** How long nothing ran between firings. Messages that were sent together are worked off without long pauses. */
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
/** No backlog of one request takes longer. */
const MAX_BACKLOG_MS = 3_600_000;
