import { groupBy } from '../../tree/group-by.ts';
import type { LintContext, Match } from '../context.ts';
import { OPERATION } from '../model/facts.ts';
import { NO_PARENT, type Forest } from '../model/forest.ts';
import { KIND } from '../model/span-store.ts';
import { countLeading } from './count-leading.ts';

/**
 * Finds CLIENT and INTERNAL roots of services that others call. Such a root may belong to a call to its process that was running
 * throughout. This is likely if the same operation is usually below such a call. It is also likely for a request, unless the service also
 * makes this request while no call is running. Otherwise, a timer may have started the root, and the finding is only a hint. Spans that
 * poll a queue or a database are left out.
 */
export function rootsInsideCalls(context: LintContext): Match[] {
  const { forest } = context;
  const { store } = forest;
  const candidates = candidatesOf(context);
  if (candidates.length === 0) return [];
  const takers = forest.order.filter(
    (span) => store.kind.at(span) === KIND.SERVER || store.kind.at(span) === KIND.CONSUMER,
  );
  const withPolls = byProcess(forest, takers);
  const calls = byProcess(
    forest,
    takers.filter((span) => !isPoll(forest, span)),
  );
  const usual = usualParents(forest, candidates);
  const called = calledServices(forest);
  const insideOf = new Map(
    candidates.map((span) => [span, enclosing(forest, calls.get(forest.processOf(span)), span)]),
  );
  const requests = candidates.filter(
    (span) =>
      store.kind.at(span) === KIND.CLIENT && store.requests.has(span) && !store.databaseCalls.has(span),
  );
  const idle = requests.filter((span) => insideOf.get(span)?.count === 0);
  const alone = new Set(idle.map((span) => requestOf(forest, span)));
  const inOneCall = new Set(
    requests.filter((span) => insideOf.get(span)?.count === 1 && !alone.has(requestOf(forest, span))),
  );
  return candidates.flatMap((to): Match[] => {
    const learned = usual.get(operationOf(forest, to));
    const from = learned
      ? enclosing(forest, withPolls.get(forest.processOf(to)), to).near.find(
          (call) => learned.has(operationOf(forest, call)) && !hasChildLike(forest, call, to),
        )
      : inOneCall.has(to)
        ? insideOf.get(to)?.near[0]
        : undefined;
    if (from === undefined) return called.has(store.serviceOf(to)) ? hintAt(context, to) : [];
    const evidence = [
      `${context.label(to)} has no parent and no link, and ran during ${context.label(from)} in the same process.`,
      ...(learned ? ['Elsewhere, the same operation is a child of such a span.'] : []),
    ];
    return [{ certainty: 'likely', from, to, evidence }];
  });
}

function hintAt({ forest, label }: LintContext, to: number): Match[] {
  if (forest.store.databaseCalls.has(to)) return [];
  const evidence = [
    `${label(to)} has no parent and no link, but other services call ${forest.store.serviceOf(to)}.`,
  ];
  return [{ certainty: 'likely', to, evidence, severity: 'info' }];
}

/** Returns the services that have a span whose parent belongs to another service. */
function calledServices(forest: Forest): Set<string> {
  const { store } = forest;
  const found = new Set<string>();
  for (const span of forest.order) {
    const parent = forest.parentOf(span);
    if (parent < 0 || forest.areOneProcess(parent, span)) continue;
    if (store.serviceOf(parent) !== store.serviceOf(span)) found.add(store.serviceOf(span));
  }
  return found;
}

function candidatesOf({ forest, jobs, isClaimed }: LintContext): number[] {
  const { store } = forest;
  const found: number[] = [];
  for (const span of forest.order) {
    const kind = store.kind.at(span);
    if (kind !== KIND.CLIENT && kind !== KIND.INTERNAL) continue;
    if (forest.parentOf(span) !== NO_PARENT || store.hasLinks(span) || isClaimed(span)) continue;
    if (jobs.paired.has(span)) continue;
    const operation = store.messages.get(span)?.operation;
    if (operation !== OPERATION.RECEIVE && operation !== OPERATION.SETTLE) found.push(span);
  }
  return found;
}

/** Calls to one process. */
interface Calls {
  /** In the order of their start. */
  spans: readonly number[];
  /** By index in `spans`: the latest end of the calls up to that one. */
  latestEnd: readonly number[];
}

/** Groups calls by the process that they call. */
function byProcess(forest: Forest, calls: Int32Array): Map<number, Calls> {
  const { store } = forest;
  const groups = groupBy(calls.toSorted(store.byStart), (span) => forest.processOf(span));
  return new Map(
    [...groups].map(([process, spans]) => {
      let latestMs = 0;
      const latestEnd = spans.map((span) => (latestMs = Math.max(latestMs, store.end.at(span))));
      return [process, { spans, latestEnd }];
    }),
  );
}

/** Reports whether a span polls: it receives, and gives the number of messages. While it waits, other work may run. */
function isPoll({ store }: Forest, span: number): boolean {
  const { operation, batch = 0 } = store.messages.get(span) ?? {};
  return operation === OPERATION.RECEIVE && batch !== 0;
}

function operationOf({ store }: Forest, span: number): string {
  return `${store.resource.at(span)}/${store.kind.at(span)}/${store.name.at(span)}`;
}

/** Returns a key of the operation and the target of a request. Many requests have only the method as their name. */
function requestOf(forest: Forest, span: number): string {
  const { method = 0, path = 0, host = 0 } = forest.store.requests.get(span) ?? {};
  return `${operationOf(forest, span)}/${method}/${path}/${host}`;
}

/**
 * Returns, by operation of the candidates, the operations of its parents elsewhere. Leaves out operations that are roots at least as often
 * as children.
 */
function usualParents(forest: Forest, candidates: readonly number[]): Map<string, Set<string>> {
  const roots = new Map<string, number>();
  for (const span of candidates)
    roots.set(operationOf(forest, span), (roots.get(operationOf(forest, span)) ?? 0) + 1);
  const parents = new Map<string, { count: number; operations: Set<string> }>();
  for (const span of forest.order) {
    const parent = forest.parentOf(span);
    const operation = operationOf(forest, span);
    if (parent < 0 || !roots.has(operation)) continue;
    const known = parents.get(operation) ?? { count: 0, operations: new Set<string>() };
    known.count++;
    known.operations.add(operationOf(forest, parent));
    parents.set(operation, known);
  }
  return new Map(
    [...parents]
      .filter(([operation, { count }]) => count > (roots.get(operation) ?? 0))
      .map(([operation, { operations }]) => [operation, operations]),
  );
}

/** The number of calls to compare with one root. If more are running at once, none could be matched reliably. */
const MAX_LOOKED_AT = 32;

/** Returns the nearest calls that enclose a span, and the minimum number of all such calls. */
function enclosing(
  { store }: Forest,
  calls: Calls | undefined,
  span: number,
): { near: number[]; count: number } {
  const { spans = [], latestEnd = [] } = calls ?? {};
  const after = countLeading(spans, (call) => store.start.at(call) <= store.start.at(span));
  const first = Math.max(0, after - MAX_LOOKED_AT);
  const near = spans.slice(first, after).filter((call) => store.end.at(call) >= store.end.at(span));
  const isInEarlier = (latestEnd[first - 1] ?? -1) >= store.end.at(span);
  return { near, count: near.length + (isInEarlier ? 1 : 0) };
}

/** The number of children of a call to compare. If there are more, one of them is assumed to match. */
const MAX_CHILDREN = 256;

function hasChildLike(forest: Forest, call: number, span: number): boolean {
  const operation = operationOf(forest, span);
  let looked = 0;
  for (const child of forest.childrenOf(call)) {
    if (operationOf(forest, child) === operation || ++looked > MAX_CHILDREN) return true;
  }
  return false;
}
