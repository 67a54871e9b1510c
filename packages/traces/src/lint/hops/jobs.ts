import { groupBy } from '../../tree/group-by.ts';
import type { Certainty } from '../finding.ts';
import type { Limits } from '../options.ts';
import type { Forest } from '../model/forest.ts';
import type { Resource } from '../model/resource.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';
import { linksAbove, topAbove, whatItContinues } from './ambient.ts';
import { mergeAttempts, SEPARATE_TRACES, type BrokenHop } from './hop.ts';

/** A process that ran in a Kubernetes Job. */
export interface Run {
  resource: Resource;
  /** Spans without a parent in the process. The most representative one comes first. */
  entries: number[];
}

export interface JobHops {
  runs: readonly Run[];
  broken: readonly BrokenHop[];
  /** Spans of launches and runs that were paired. They are not treated as messages. */
  paired: ReadonlySet<number>;
}

/** Pairs launches and runs of Jobs. A launch is a span that names the Job. A run is a process whose resource names the Job. */
export function pairJobs(forest: Forest, { clockMs, showValues }: Limits): JobHops {
  const launches = launchesByKey(forest);
  const runs = runsOf(forest);
  const paired = new Set<number>();
  const broken: BrokenHop[] = [];
  for (const run of runs) {
    const found = launchesOf(forest.store, run, launches, clockMs);
    if (!found) continue;
    for (const span of [...run.entries, ...found.spans]) paired.add(span);
    const hop = breakOf(forest, run, found, showValues);
    if (hop) broken.push(hop);
  }
  return { runs, paired, broken: mergeAttempts(broken, ({ kind, from }) => `${kind}/${from}`) };
}

function launchesByKey(forest: Forest): Map<string, number[]> {
  const { kubernetes, texts } = forest.store;
  const launches = new Map<string, number[]>();
  for (const [span, { jobUid, jobName, namespace }] of kubernetes) {
    if (!forest.isLive(span)) continue;
    const own = keysOf(forest.store.resourceOf(span));
    const [uid, name, space] = [jobUid, jobName, namespace].map((number) => texts.text(number));
    for (const key of keysOf({ jobUid: uid, jobName: name, namespace: space })) {
      if (own.includes(key)) continue;
      const others = launches.get(key);
      if (others) others.push(span);
      else launches.set(key, [span]);
    }
  }
  return launches;
}

function runsOf(forest: Forest): Run[] {
  const { store } = forest;
  if (!store.resources.some(isOfJob)) return [];
  const entries = forest.order.filter(
    (span) => forest.entryOf(span) === span && isOfJob(store.resourceOf(span)),
  );
  return [...groupBy(entries, (span) => forest.processOf(span)).values()].map((spans) => ({
    resource: store.resourceOf(spans[0] ?? 0),
    entries: spans.toSorted((a, b) => rankOfEntry(store, a) - rankOfEntry(store, b)),
  }));
}

/**
 * Ranks the entries of a process, the most representative first: CONSUMER and SERVER spans, then INTERNAL spans, then others. Within
 * these, the longest comes first.
 */
function rankOfEntry({ kind, start, end }: SpanStore, span: number): number {
  const isTaker = kind.at(span) === KIND.CONSUMER || kind.at(span) === KIND.SERVER;
  const byKind = isTaker ? 0 : kind.at(span) === KIND.INTERNAL ? 1 : 2;
  return byKind * 1e15 - (end.at(span) - start.at(span));
}

/** The launches of a run, and whether they certainly are. */
interface Launches {
  spans: readonly number[];
  certainty: Certainty;
}

function launchesOf(
  { start }: SpanStore,
  { resource, entries: [first = 0] }: Run,
  launches: ReadonlyMap<string, readonly number[]>,
  clockMs: number,
): Launches | undefined {
  for (const key of keysOf(resource)) {
    const spans = (launches.get(key) ?? [])
      .filter((span) => start.at(span) <= start.at(first) + clockMs)
      .slice(-MAX_LOOKED_AT);
    // A name without a namespace may belong to another Job.
    if (spans.length > 0) return { spans, certainty: key.startsWith('name//') ? 'likely' : 'certain' };
  }
  return undefined;
}

function breakOf(
  forest: Forest,
  { entries, resource }: Run,
  { spans: launches, certainty }: Launches,
  showValues: boolean,
): BrokenHop | undefined {
  const { store } = forest;
  if (entries.some((entry) => launches.some((launch) => isJoined(forest, entry, launch)))) return undefined;
  const from = creatorOf(store, launches);
  const values = showValues ? ` (${resource.jobUid || resource.jobName})` : '';
  const same = `The launch span and the process name the same Job${values}.`;
  const [first = 0, ...others] = entries;
  const inTrace = entries.find((entry) => store.trace.at(entry) === store.trace.at(from));
  if (inTrace !== undefined) {
    const beside =
      'The process is in the trace of the launch span, but its spans are not below the launch span.';
    return { kind: 'wrong-parent', certainty, from, to: inTrace, also: others, evidence: [same, beside] };
  }
  const to = entries.find((entry) => store.hasParent(entry) || linksBeyond(forest, entry, resource));
  if (to !== undefined) {
    const also = [...entries.filter((entry) => entry !== to), ...topAbove(forest, to)];
    const evidence = [same, `The process continues ${whatItContinues(forest, to)}.`];
    return { kind: 'wrong-trace', certainty, from, to, also, evidence };
  }
  return {
    kind: 'lost-context',
    certainty,
    from,
    to: first,
    also: others,
    evidence: [same, SEPARATE_TRACES],
  };
}

/** Reports whether a span links to anything other than runs of the same Job, which are earlier attempts. */
function linksBeyond({ store, index }: Forest, entry: number, { jobUid, jobName }: Resource): boolean {
  for (const { trace, high, low } of store.linksOf(entry)) {
    const target = index.find(trace, high, low);
    const other = target < 0 ? undefined : store.resourceOf(target);
    if (other?.jobUid !== jobUid || other.jobName !== jobName) return true;
  }
  return false;
}

function isJoined(forest: Forest, entry: number, launch: number): boolean {
  if (forest.isUnder(entry, launch)) return true;
  for (const { trace } of linksAbove(forest, entry)) if (trace === forest.store.trace.at(launch)) return true;
  return false;
}

/** Returns the span that most likely created the Job. Other spans that name the Job only watch it. */
function creatorOf({ kind, byStart }: SpanStore, launches: readonly number[]): number {
  const rank = (span: number) =>
    kind.at(span) === KIND.PRODUCER ? 0 : kind.at(span) === KIND.CLIENT ? 1 : 2;
  return launches.toSorted((a, b) => rank(a) - rank(b) || byStart(a, b))[0] ?? 0;
}

/** The number of launches to compare. A Job has one launch, but any number of spans may watch it and name it, too. */
const MAX_LOOKED_AT = 64;

const isOfJob = ({ jobUid, jobName }: Resource): boolean => jobUid !== '' || jobName !== '';

/** Returns the keys that identify a Job, the most reliable first. */
function keysOf({
  jobUid = '',
  jobName = '',
  namespace = '',
}: Partial<Pick<Resource, 'jobUid' | 'jobName' | 'namespace'>>): string[] {
  return [
    ...(jobUid === '' ? [] : [`uid/${jobUid}`]),
    ...(jobName === '' || namespace === '' ? [] : [`name/${namespace}/${jobName}`]),
    ...(jobName === '' ? [] : [`name//${jobName}`]),
  ];
}
