import type { Certainty } from '../finding.ts';
import type { Limits } from '../options.ts';
import type { Forest } from '../model/forest.ts';
import type { Resource } from '../model/resource.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';
import { linksAbove, topAbove, whatItContinues } from './ambient.ts';
import { HopList, type BrokenHop } from './hop.ts';

/** A process that ran in a Kubernetes Job. */
export interface Run {
  resource: Resource;
  /** Spans without a parent in the process. The most representative one comes first. */
  entries: number[];
}

/** Pairs launches and runs of Jobs. A launch is a span that names the Job. A run is a process whose resource names the Job. */
export class JobHops {
  readonly runs: Run[];
  readonly broken: BrokenHop[];
  /** Spans of launches and runs that were paired. They are not treated as messages. */
  readonly paired = new Set<number>();
  readonly #forest: Forest;
  readonly #store: SpanStore;
  readonly #limits: Limits;
  readonly #launches = new Map<string, number[]>();

  constructor(forest: Forest, limits: Limits) {
    this.#forest = forest;
    this.#store = forest.store;
    this.#limits = limits;
    this.#collectLaunches();
    this.runs = this.#collectRuns();
    this.broken = this.#findBroken();
  }

  #collectLaunches(): void {
    for (const [span, { jobUid, jobName, namespace }] of this.#store.kubernetes) {
      if (!this.#forest.isLive(span)) continue;
      const text = (number: number) => this.#store.texts.text(number);
      const own = this.#store.resourceOf(span);
      const keys = keysOf({ jobUid: text(jobUid), jobName: text(jobName), namespace: text(namespace) });
      for (const key of keys.filter((each) => !keysOf(own).includes(each))) {
        const others = this.#launches.get(key);
        if (others) others.push(span);
        else this.#launches.set(key, [span]);
      }
    }
  }

  #collectRuns(): Run[] {
    const runs = new Map<number, Run>();
    const { resources } = this.#store;
    if (!resources.some(isOfJob)) return [];
    for (const span of this.#forest.order) {
      const resource = this.#store.resourceOf(span);
      if (!isOfJob(resource) || this.#forest.entryOf(span) !== span) continue;
      const process = this.#forest.processOf(span);
      const run = runs.get(process) ?? { resource, entries: [] };
      run.entries.push(span);
      runs.set(process, run);
    }
    for (const run of runs.values()) run.entries.sort((a, b) => this.#rank(a) - this.#rank(b));
    return [...runs.values()];
  }

  /**
   * Ranks the entries of a process, the most representative first: CONSUMER and SERVER spans, then INTERNAL spans, then others. Within
   * these, the longest comes first.
   */
  #rank(span: number): number {
    const kind = this.#store.kind.at(span);
    const byKind = kind === KIND.CONSUMER || kind === KIND.SERVER ? 0 : kind === KIND.INTERNAL ? 1 : 2;
    return byKind * 1e15 - (this.#store.end.at(span) - this.#store.start.at(span));
  }

  #findBroken(): BrokenHop[] {
    const hops = new HopList();
    for (const run of this.runs) {
      const found = this.#launchesOf(run);
      for (const span of found ? [...run.entries, ...found.launches] : []) this.paired.add(span);
      const hop = found && this.#breakOf(run, found.launches, found.certainty);
      if (hop) hops.add(`${hop.kind}/${hop.from}`, hop);
    }
    return hops.hops;
  }

  #launchesOf({
    resource,
    entries: [first = 0],
  }: Run): { launches: number[]; certainty: Certainty } | undefined {
    const latestMs = this.#store.start.at(first) + this.#limits.clockMs;
    for (const key of keysOf(resource)) {
      const launches = (this.#launches.get(key) ?? [])
        .filter((span) => this.#store.start.at(span) <= latestMs)
        .slice(-MAX_LOOKED_AT);
      // A name without a namespace may belong to another Job.
      if (launches.length > 0)
        return { launches, certainty: key.startsWith('name//') ? 'likely' : 'certain' };
    }
    return undefined;
  }

  #breakOf(
    { entries, resource }: Run,
    launches: readonly number[],
    certainty: Certainty,
  ): BrokenHop | undefined {
    if (entries.some((entry) => launches.some((launch) => this.#isJoined(entry, launch)))) return undefined;
    const from = this.#mainOf(launches);
    const [to = 0, ...also] = entries;
    const values = this.#limits.showValues ? ` (${resource.jobUid || resource.jobName})` : '';
    const same = `The launch span and the process name the same Job${values}.`;
    const common = { from, to, also, certainty };
    const inTrace = entries.find((entry) => this.#store.trace.at(entry) === this.#store.trace.at(from));
    if (inTrace !== undefined)
      return {
        ...common,
        kind: 'wrong-parent',
        to: inTrace,
        evidence: [
          same,
          'The process is in the trace of the launch span, but its spans are not below the launch span.',
        ],
      };
    const continuing = entries.find(
      (entry) => this.#store.hasParent(entry) || this.#linksBeyond(entry, resource),
    );
    if (continuing !== undefined) {
      const evidence = [same, `The process continues ${whatItContinues(this.#forest, continuing)}.`];
      return {
        ...common,
        kind: 'wrong-trace',
        to: continuing,
        also: [...entries.filter((entry) => entry !== continuing), ...topAbove(this.#forest, continuing)],
        evidence,
      };
    }
    return {
      ...common,
      kind: 'lost-context',
      evidence: [same, 'The two spans are in separate traces, and the receiver has no link to the sender.'],
    };
  }

  /** Reports whether a span links to anything other than runs of the same Job, which are earlier attempts. */
  #linksBeyond(entry: number, { jobUid, jobName }: Resource): boolean {
    for (const { trace, high, low } of this.#store.linksOf(entry)) {
      const target = this.#forest.index.find(trace, high, low);
      const other = target < 0 ? undefined : this.#store.resourceOf(target);
      if (other?.jobUid !== jobUid || other.jobName !== jobName) return true;
    }
    return false;
  }

  #isJoined(entry: number, launch: number): boolean {
    if (this.#forest.isUnder(entry, launch)) return true;
    for (const { trace } of linksAbove(this.#forest, entry))
      if (trace === this.#store.trace.at(launch)) return true;
    return false;
  }

  /** Returns the span that most likely created the Job. Other spans that name the Job only watch it. */
  #mainOf(launches: readonly number[]): number {
    const rank = (span: number) => {
      const kind = this.#store.kind.at(span);
      return kind === KIND.PRODUCER ? 0 : kind === KIND.CLIENT ? 1 : 2;
    };
    return launches.toSorted((a, b) => rank(a) - rank(b) || this.#store.byStart(a, b))[0] ?? 0;
  }
}

/** The number of launches to compare. A Job has one launch, but any number of spans may watch it and name it, too. */
const MAX_LOOKED_AT = 64;

const isOfJob = ({ jobUid, jobName }: Resource): boolean => jobUid !== '' || jobName !== '';

/** Returns the keys that identify a Job, the most reliable first. */
function keysOf({
  jobUid,
  jobName,
  namespace,
}: Pick<Resource, 'jobUid' | 'jobName' | 'namespace'>): string[] {
  return [
    ...(jobUid === '' ? [] : [`uid/${jobUid}`]),
    ...(jobName === ''
      ? []
      : [...(namespace === '' ? [] : [`name/${namespace}/${jobName}`]), `name//${jobName}`]),
  ];
}
