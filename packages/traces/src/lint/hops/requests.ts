import { groupBy } from '../../tree/group-by.ts';
import type { Limits } from '../options.ts';
import type { RequestFacts } from '../model/facts.ts';
import { NO_PARENT, type Forest } from '../model/forest.ts';
import { KIND, type SpanStore } from '../model/span-store.ts';
import { countLeading } from './count-leading.ts';
import type { BrokenHop } from './hop.ts';

/**
 * Finds requests whose CLIENT has no SERVER below it, and the root SERVER that responded. It has the same method and path, the same peer if
 * both name it, and a time within that of the CLIENT. No id pairs them, so the match is only likely.
 */
export function brokenRequests(forest: Forest, { clockMs }: Limits): BrokenHop[] {
  const { store } = forest;
  const clients = store.requests
    .rows()
    .filter((span) => forest.isLive(span) && store.kind.at(span) === KIND.CLIENT && !hasServer(forest, span))
    .toSorted(store.byStart);
  const answers = answersTo(forest, clients, clockMs);
  return clients.flatMap((from): BrokenHop[] => {
    const to = answers.get(from);
    if (to === undefined) return [];
    const evidence = [
      `${store.serviceOf(to)} answered the same method and path during the call, in a separate trace.`,
      'The CLIENT span has no SERVER span as a child.',
    ];
    return [{ kind: 'lost-context', certainty: 'likely', from, to, also: [], evidence }];
  });
}

/**
 * Returns the SERVER of each CLIENT. Pairs with the same host and port come first, so that an uncertain pair doesn't take the SERVER of
 * another CLIENT.
 */
function answersTo(forest: Forest, clients: readonly number[], clockMs: number): Map<number, number> {
  const { store } = forest;
  const servers = rootServers(forest);
  const taken = new Set<number>();
  const answers = new Map<number, number>();
  const unsure: number[] = [];
  for (const peersMeet of [areOnePeer, mayBeOnePeer, isAddressOfName]) {
    for (const client of clients) {
      if (answers.has(client)) continue;
      const candidates = servers.get(keyOf(store, client)) ?? [];
      const server = serverOf(store, client, candidates, { taken, clockMs, peersMeet });
      if (server === undefined) continue;
      taken.add(server);
      answers.set(client, server);
      if (peersMeet === isAddressOfName) unsure.push(client);
    }
  }
  // If others, such as probes, make the same request as often, the SERVER spans may belong to their requests.
  const calls = groupBy(clients, (client) => keyOf(store, client));
  for (const [key, matched] of groupBy(unsure, (client) => keyOf(store, client))) {
    const left = (servers.get(key) ?? []).filter((server) => !taken.has(server));
    const madeByOthers = outsideOf(store, calls.get(key) ?? [], left, clockMs);
    if (madeByOthers >= matched.length) for (const client of matched) answers.delete(client);
  }
  return answers;
}

/** Returns how many servers began during none of the calls. Both lists must be in order of start. */
function outsideOf(
  { start, end }: SpanStore,
  calls: readonly number[],
  servers: readonly number[],
  clockMs: number,
): number {
  let next = 0;
  let latestMs = 0;
  return servers.filter((server) => {
    for (let call = calls[next]; call !== undefined; call = calls[++next]) {
      if (start.at(call) - clockMs > start.at(server)) break;
      latestMs = Math.max(latestMs, end.at(call) + clockMs);
    }
    return start.at(server) > latestMs;
  }).length;
}

function keyOf({ requests }: SpanStore, span: number): string | undefined {
  const request = requests.get(span);
  return request && `${request.method}/${request.path}`;
}

/** Returns the SERVER roots without links, by method and path, in order of start. */
function rootServers(forest: Forest): Map<string | undefined, number[]> {
  const { store } = forest;
  const roots = store.requests
    .rows()
    .filter(
      (span) =>
        store.kind.at(span) === KIND.SERVER &&
        forest.parentOf(span) === NO_PARENT &&
        forest.isLive(span) &&
        !store.hasLinks(span),
    );
  return groupBy(roots.toSorted(store.byStart), (span) => keyOf(store, span));
}

function hasServer(forest: Forest, client: number): boolean {
  for (const child of forest.childrenOf(client)) if (forest.store.kind.at(child) === KIND.SERVER) return true;
  return false;
}

interface Search {
  taken: ReadonlySet<number>;
  clockMs: number;
  peersMeet: PeersMeet;
}

/** The number of servers to compare with one client. If more began during its call, none could be matched reliably. */
const MAX_LOOKED_AT = 64;

/** Returns the SERVER of a CLIENT, from those with the same method and path, in order of start. An address of a name must fit only one. */
function serverOf(
  store: SpanStore,
  client: number,
  servers: readonly number[],
  { taken, clockMs, peersMeet }: Search,
): number | undefined {
  const isSure = peersMeet !== isAddressOfName;
  // On one machine, the clocks agree. A SERVER that lies within its CLIENT fits better than one that does so only if the clocks differ.
  for (const slackMs of isSure ? [1, clockMs] : [clockMs]) {
    const earliestMs = store.start.at(client) - slackMs;
    const first = countLeading(servers, (server) => store.start.at(server) < earliestMs);
    const fitting = servers
      .slice(first, first + MAX_LOOKED_AT)
      .filter((server) => !taken.has(server) && fits(store, client, server, { slackMs, peersMeet }));
    if (isSure ? fitting.length > 0 : fitting.length === 1) return fitting[0];
  }
  return undefined;
}

function fits(
  store: SpanStore,
  client: number,
  server: number,
  { slackMs, peersMeet }: { slackMs: number; peersMeet: PeersMeet },
): boolean {
  const [asked, answered] = [store.requests.get(client), store.requests.get(server)];
  const latestMs = store.end.at(client) + slackMs;
  if (!asked || !answered || store.start.at(server) > latestMs) return false;
  // A client that gave up may have ended before the server.
  const gaveUp = asked.status === 0 && store.error.at(client) === 1;
  return (
    (gaveUp || store.end.at(server) <= latestMs) &&
    agree(asked.status, answered.status) &&
    peersMeet(store, asked, answered)
  );
}

/** A missing value, which is 0, agrees with any value. */
const agree = (a: number, b: number): boolean => a === 0 || b === 0 || a === b;

/** Hosts that name no machine. For these, only the port distinguishes servers. */
const local = new Set(['', 'localhost', '127.0.0.1', '::1', '0.0.0.0']);

type PeersMeet = (store: SpanStore, asked: RequestFacts, answered: RequestFacts) => boolean;

const areOnePeer: PeersMeet = (_store, asked, answered) =>
  asked.host !== 0 && asked.host === answered.host && asked.port === answered.port;

/** In a network, a load balancer with another port may be in front of the server. */
const mayBeOnePeer: PeersMeet = ({ texts }, asked, answered) => {
  const [a, b] = [texts.text(asked.host), texts.text(answered.host)];
  if (local.has(a) && local.has(b)) return agree(asked.port, answered.port);
  return a === '' || b === '' || a === b || isShortFor(a, b) || isShortFor(b, a);
};

/** An IP address can't be compared with a name, so such a match counts only if there is no other. */
const isAddressOfName: PeersMeet = ({ texts }, asked, answered) => {
  const [a, b] = [texts.text(asked.host), texts.text(answered.host)];
  return !local.has(a) && !local.has(b) && isAddress(a) !== isAddress(b);
};

const isAddress = (host: string): boolean => /^(?:[\d.]+|\[?[\da-f]*:[\da-f:.]*\]?)$/.test(host);

/**
 * Reports whether one host is the first label of the other, as `shop` is of `shop.ns.svc.cluster.local`. In a network, both may be the same
 * host.
 */
const isShortFor = (short: string, full: string): boolean =>
  !short.includes('.') && full.startsWith(`${short}.`);
