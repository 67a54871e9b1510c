import { ABSENT_PARENT, NO_PARENT } from '../model/forest.ts';
import { KIND } from '../model/span-store.ts';
import type { LintContext } from '../context.ts';

/** Work that began under one context: each firing is about another message, Job or run of a CronJob. */
export interface SharedContext {
  /** The span that they all name, undefined where it is not there. */
  parent: number | undefined;
  /** The first span of each firing, in the order of their start. */
  firings: number[];
  /** Every span that hangs on the context, attempts included. */
  all: number[];
  isCertain: boolean;
}

/** Contexts that several firings share though each should have had its own. */
export function sharedContexts(context: LintContext): SharedContext[] {
  return [...groups(context).values()].flatMap((spans) => {
    const shared = spans.length > 1 ? sharedBy(context, spans) : undefined;
    return shared ? [shared] : [];
  });
}

/** What fires, by the context that it hangs on or, as a root, links to. */
function groups({ forest, messages, jobs }: LintContext): Map<string, number[]> {
  const { store } = forest;
  const found = new Map<string, number[]>();
  for (const span of [...messages.consumers, ...jobs.runs.map(({ entries: [first = 0] }) => first)]) {
    const parent = forest.parentOf(span);
    if (parent >= 0 && (forest.childCount[parent] ?? 0) < 2) continue;
    const [link, ...more] = parent === NO_PARENT ? store.linksOf(span) : [];
    if (more.length > 0 || (parent === NO_PARENT && !link)) continue;
    const [trace, high, low] = link
      ? [link.trace, link.high, link.low]
      : [store.trace.at(span), store.parentHigh.at(span), store.parentLow.at(span)];
    const key = `${trace}/${high}/${low}`;
    const others = found.get(key);
    if (others) others.push(span);
    else found.set(key, [span]);
  }
  return found;
}

function sharedBy(context: LintContext, spans: number[]): SharedContext | undefined {
  const { forest, limits } = context;
  const { store } = forest;
  const all = spans.toSorted((a, b) => store.start.at(a) - store.start.at(b));
  const firings = firstOfEach(context, all);
  const [first = 0] = all;
  const parent = parentOf(context, first);
  if (firings.length < 2 || isBatch(context, parent, firings)) return undefined;
  const own = parent === undefined ? undefined : workOf(context, parent);
  const isForeign = (span: number) => own !== undefined && workOf(context, span) !== own;
  const strangers = firings.filter(isForeign);
  // A parent that names its own message, or one CronJob's runs: two are enough. Otherwise it may have sent them all.
  const isCertain =
    (strangers.length > 0 && strangers.length < firings.length) || areRunsOfOneCronJob(context, firings);
  const enough =
    firings.length >= limits.sharedBy ||
    (isCertain && !strangers.some((span) => hasOwnSender(context, span)));
  const isSpread =
    isCertain || firings.some((span) => hasOwnSender(context, span)) || firesLater(context, parent, firings);
  return enough && isSpread ? { parent, firings, all, isCertain } : undefined;
}

function parentOf({ forest }: LintContext, span: number): number | undefined {
  const parent = forest.parentOf(span);
  if (parent >= 0) return parent;
  if (parent === ABSENT_PARENT) return undefined;
  const [link] = forest.store.linksOf(span);
  const target = link ? forest.index.find(link.trace, link.high, link.low) : -1;
  return target < 0 ? undefined : target;
}

/** What a span works on, as a text of its own: its message, or its Job. Undefined where it does not say. */
function workOf({ forest }: LintContext, span: number): string | undefined {
  const { store } = forest;
  const message = store.messages.get(span);
  if (message && message.id !== 0) return `message/${message.id}`;
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

/** Whether a span elsewhere sent what this one works on. */
function hasOwnSender({ messages }: LintContext, span: number): boolean {
  return messages.hasSenderElsewhere(span);
}

/** Sent together they would begin together; a schedule or a document that is read again begins long after its context is over. */
function firesLater(
  { forest: { store } }: LintContext,
  parent: number | undefined,
  firings: readonly number[],
): boolean {
  const [first = 0] = firings;
  const spreadMs = store.start.at(firings.at(-1) ?? first) - store.start.at(first);
  if (parent === undefined) return spreadMs > MIN_SPREAD_MS;
  const isSender = store.kind.at(parent) === KIND.PRODUCER;
  return (
    spreadMs > Math.max(MIN_SPREAD_MS, isSender ? 10 * (store.end.at(parent) - store.start.at(parent)) : 0)
  );
}

const MIN_SPREAD_MS = 1_000;
