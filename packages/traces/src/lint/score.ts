import { groupBy } from '../tree/group-by.ts';
import type { LintContext } from './context.ts';
import { ABSENT_PARENT, NO_PARENT } from './model/forest.ts';
import { UNKNOWN_SERVICE, type Resource } from './model/resource.ts';
import { KIND } from './model/span-store.ts';

/** The Instrumentation Score of a service, from 0 to 100, by those rules of its specification that can be checked with spans alone. */
export interface ServiceScore {
  service: string;
  score: number;
  category: 'Excellent' | 'Good' | 'Needs Improvement' | 'Poor';
  passed: string[];
  failed: string[];
}

/** By id of a rule: the weight of its impact. Source: https://github.com/instrumentation-score/spec. */
const weights = {
  'RES-001': 20,
  'RES-002': 30,
  'RES-003': 30,
  'RES-005': 40,
  'SPA-001': 20,
  'SPA-002': 20,
  'SPA-004': 30,
  'SPA-005': 30,
} as const;
type ScoreRule = keyof typeof weights;

/** How the score is calculated, for the report. */
export const SCORE_METHOD =
  'The Instrumentation Score (github.com/instrumentation-score/spec, version 0.1) rates the telemetry of a service from 0 to 100 points. Its specification lists rules with weights, and the score is the weighted share of the rules that the service follows. ' +
  `traces lint checks only the rules ${Object.keys(weights).join(', ')}. It checks RES-003 only for services on Kubernetes. It does not check RES-004, SPA-003, or the rules on metrics, logs and SDKs, so the score is incomplete.`;

const MAX_INTERNAL = 10;
const MAX_SHORT = 20;
const SHORT_MS = 5;

/** Returns one score for each service, sorted by name. */
export function scoresOf(context: LintContext): ServiceScore[] {
  const failures = new Map<string, Set<ScoreRule>>();
  const resources = groupBy(context.forest.store.resources, ({ service }) => service);
  for (const [service, own] of resources) failures.set(service, failuresOfResources(service, own));
  addFailuresOfSpans(context, (service, rule) => failures.get(service)?.add(rule));
  return [...failures]
    .map(([service, failed]) => scoreOf(service, failed, (resources.get(service) ?? []).some(isOfKubernetes)))
    .toSorted((a, b) => (a.service < b.service ? -1 : 1));
}

const isOfKubernetes = ({ podName, podUid, namespace }: Resource): boolean =>
  podName !== '' || podUid !== '' || namespace !== '';

function failuresOfResources(service: string, resources: readonly Resource[]): Set<ScoreRule> {
  const failed = new Set<ScoreRule>();
  if (service === '' || service === UNKNOWN_SERVICE) failed.add('RES-005');
  if (resources.some(({ instance }) => instance === '')) failed.add('RES-001');
  if (shareAnInstance(resources)) failed.add('RES-002');
  if (resources.some((resource) => isOfKubernetes(resource) && resource.podUid === '')) failed.add('RES-003');
  return failed;
}

function shareAnInstance(resources: readonly Resource[]): boolean {
  const podOf = new Map<string, string>();
  return resources.some(({ instance, podUid, podName }) => {
    const pod = podUid || podName;
    if (instance === '' || pod === '') return false;
    const known = podOf.get(instance);
    podOf.set(instance, pod);
    return known !== undefined && known !== pod;
  });
}

function addFailuresOfSpans({ forest }: LintContext, fail: (service: string, rule: ScoreRule) => void): void {
  const { store } = forest;
  const internal = new Map<number, number>();
  const short = new Map<number, number>();
  for (const span of forest.order) {
    const service = store.serviceOf(span);
    const kind = store.kind.at(span);
    const parent = forest.parentOf(span);
    if (parent === ABSENT_PARENT) fail(service, 'SPA-002');
    if (parent === NO_PARENT && kind === KIND.CLIENT) fail(service, 'SPA-004');
    // A number and not a text, because there may be a million of them.
    const part = store.trace.at(span) * store.resources.length + store.resource.at(span);
    if (kind === KIND.INTERNAL && countIn(internal, part) > MAX_INTERNAL) fail(service, 'SPA-001');
    if (store.end.at(span) - store.start.at(span) < SHORT_MS && countIn(short, part) > MAX_SHORT)
      fail(service, 'SPA-005');
  }
}

function countIn(counts: Map<number, number>, part: number): number {
  const count = (counts.get(part) ?? 0) + 1;
  counts.set(part, count);
  return count;
}

function scoreOf(service: string, failed: ReadonlySet<ScoreRule>, isInKubernetes: boolean): ServiceScore {
  const looked = (Object.keys(weights) as ScoreRule[]).filter((rule) => rule !== 'RES-003' || isInKubernetes);
  const passed = looked.filter((rule) => !failed.has(rule));
  const weigh = (ids: readonly ScoreRule[]) => ids.reduce((sum, id) => sum + weights[id], 0);
  const score = Math.round((weigh(passed) / weigh(looked)) * 1_000) / 10;
  const category =
    score >= 90 ? 'Excellent' : score >= 75 ? 'Good' : score >= 50 ? 'Needs Improvement' : 'Poor';
  return { service, score, category, passed, failed: looked.filter((rule) => failed.has(rule)) };
}
