import type { Limits } from '../options.ts';
import type { RequestFacts } from '../model/facts.ts';
import { NO_PARENT, type Forest } from '../model/forest.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';
import type { BrokenHop } from './hop.ts';

/**
 * Requests whose CLIENT has no SERVER under it, with the root SERVER that answered. It has the same method and path, the same peer
 * where both name it, and its time is within that of the CLIENT. No id pairs them, so the match is only likely.
 */
export function brokenRequests(forest: Forest, { clockMs }: Limits): BrokenHop[] {
  const { store } = forest;
  const servers = rootServers(forest);
  const taken = new Set<number>();
  const clients = store.requests
    .rows()
    .filter((span) => forest.isLive(span) && store.kind.at(span) === KIND.CLIENT && !hasServer(forest, span))
    .toSorted((a, b) => store.start.at(a) - store.start.at(b));
  return clients.flatMap((from): BrokenHop[] => {
    const to = serverOf(forest, { client: from, servers, taken, clockMs });
    if (to === undefined) return [];
    taken.add(to);
    const evidence = [
      `${store.serviceOf(to)} answered the same method and path during the call, in a separate trace.`,
      'No SERVER hangs under the CLIENT.',
    ];
    return [{ kind: 'lost-context', certainty: 'likely', from, to, also: [], evidence }];
  });
}

const keyOf = ({ method, path }: RequestFacts): string => `${method}/${path}`;

/** By method and path, in the order of their start. */
function rootServers(forest: Forest): Map<string, number[]> {
  const { store } = forest;
  const found = new Map<string, number[]>();
  for (const [span, request] of store.requests) {
    const isRoot = store.kind.at(span) === KIND.SERVER && forest.parentOf(span) === NO_PARENT;
    if (!isRoot || !forest.isLive(span) || store.hasLinks(span)) continue;
    const others = found.get(keyOf(request));
    if (others) others.push(span);
    else found.set(keyOf(request), [span]);
  }
  for (const spans of found.values()) spans.sort((a, b) => store.start.at(a) - store.start.at(b));
  return found;
}

function hasServer(forest: Forest, client: number): boolean {
  for (const child of forest.childrenOf(client)) if (forest.store.kind.at(child) === KIND.SERVER) return true;
  return false;
}

interface Search {
  client: number;
  servers: Map<string, number[]>;
  taken: Set<number>;
  clockMs: number;
}

/** Servers that are looked at for one client. Where more began in its time, it can't be matched to one of them anyway. */
const MAX_LOOKED_AT = 64;

function serverOf(forest: Forest, { client, servers, taken, clockMs }: Search): number | undefined {
  const { store } = forest;
  const request = store.requests.get(client);
  const candidates = request && servers.get(keyOf(request));
  if (!request || !candidates) return undefined;
  // On one machine the clocks agree; a SERVER that lies within its CLIENT is better than one that only overlaps.
  for (const slackMs of [1, clockMs]) {
    const first = firstFrom(store, candidates, store.start.at(client) - slackMs);
    const found = candidates
      .slice(first, first + MAX_LOOKED_AT)
      .find((server) => !taken.has(server) && fits(forest, { client, server, slackMs }));
    if (found !== undefined) return found;
  }
  return undefined;
}

function fits(
  forest: Forest,
  { client, server, slackMs }: { client: number; server: number; slackMs: number },
): boolean {
  const { store } = forest;
  const [asked, answered] = [store.requests.get(client), store.requests.get(server)];
  if (!asked || !answered) return false;
  const isWithin =
    store.start.at(server) >= store.start.at(client) - slackMs &&
    store.end.at(server) <= store.end.at(client) + slackMs;
  return (
    isWithin &&
    agree(asked.status, answered.status) &&
    peersMeet(store, asked, answered) &&
    agree(asked.port, answered.port)
  );
}

/** What one of the two does not say decides nothing. */
const agree = (a: number, b: number): boolean => a === 0 || b === 0 || a === b;

const local = new Set(['localhost', '127.0.0.1', '::1', '[::1]', '0.0.0.0']);

function peersMeet({ texts }: SpanStore, asked: RequestFacts, answered: RequestFacts): boolean {
  const [a, b] = [texts.text(asked.host), texts.text(answered.host)];
  return a === '' || b === '' || a === b || (local.has(a) && local.has(b));
}

function firstFrom(store: SpanStore, spans: readonly number[], ms: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (store.start.at(spans[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
