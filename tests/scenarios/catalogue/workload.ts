import { randomBytes } from 'node:crypto';
import type {
  DeadLetterPage,
  OrderView,
  PlacedOrder,
  PlaceOrder,
  ReportStatus,
} from '@beyond-headers/contracts';
import type { LocalSystem } from '@beyond-headers/supervisor';
import { DEFAULT_SETTINGS } from '../../../services/playground/view/settings.ts';
import { LASTING } from '../../../services/services.ts';
import { until } from '../../support/until.ts';
import { admitted } from './admitted.ts';
import { describedClient, type DescribedClient } from './described-client.ts';

/** Clients of the services with an HTTP API. */
export type Clients = Record<keyof typeof LASTING, DescribedClient>;

const ORDER: PlaceOrder = { customer: 'ada', items: [{ sku: 'tea', quantity: 2, unitPriceCents: 350 }] };
const DEADLINE_MS = 60_000;
const DAY_MS = 86_400_000;

export async function connect({ urls }: LocalSystem): Promise<Clients> {
  const services = Object.keys(LASTING) as Array<keyof typeof LASTING>;
  const clients = await Promise.all(
    services.map(async (name) => [name, await describedClient(urls[name])] as const),
  );
  return Object.fromEntries(clients) as Clients;
}

/** Makes every call of every service, and causes failures. Together with the scenarios, this creates everything that a span can have. */
export async function runWorkload(system: LocalSystem, clients: Clients): Promise<void> {
  await Promise.all([
    misused(clients),
    retried(clients),
    givenUp(clients),
    repeated(clients),
    decided(clients),
    crashed(clients),
    clicked(clients),
    held(system, clients),
    cancelled(clients),
  ]);
  // `givenUp` expects the newest dead letter to be its own, and this creates others.
  await split(clients);
  await actedFromThePage(clients);
  await lookedAt(clients);
}

async function place({ writer }: Clients, order: Partial<PlaceOrder> = {}): Promise<string> {
  const { orderId } = await writer.call<PlacedOrder>('POST /orders', { body: { ...ORDER, ...order } });
  return orderId;
}

function reaches({ writer }: Clients, id: string, status: OrderView['status']): Promise<OrderView> {
  return until(
    () => writer.call<OrderView>('GET /orders/{id}', { path: { id } }),
    (order) => order.status === status,
    { deadlineMs: DEADLINE_MS, what: `order ${id}, ${status},` },
  );
}

/** Triggers the pitfall `stale`, which carries the context of another request, in both media. */
async function misused(clients: Clients): Promise<void> {
  const demo = { document: 'stale', job: 'stale' } as const;
  await reaches(clients, await place(clients, { report: true, demo }), 'fulfilled');
}

async function retried(clients: Clients): Promise<void> {
  await reaches(clients, await place(clients, { demo: { failTimes: 1 } }), 'fulfilled');
}

async function givenUp(clients: Clients): Promise<void> {
  const { poller } = clients;
  const id = await place(clients, { demo: { failTimes: 5 } });
  await reaches(clients, id, 'failed');
  const { deadLetters } = await poller.call<DeadLetterPage>('GET /dead-letters', { query: { limit: '1' } });
  if (deadLetters[0]?.orderId !== id) throw new Error(`The dead letters do not begin with ${id}.`);
  await poller.call('GET /dead-letters/{id}', { path: { id } });
  await poller.call('POST /dead-letters/{id}/retry', { path: { id } });
  await reaches(clients, id, 'failed');
}

/** Repeats a request, which returns the same order. A different request with the same key is refused. */
async function repeated({ writer }: Clients): Promise<void> {
  const headers = { 'idempotency-key': randomBytes(8).toString('hex') };
  await writer.call('POST /orders', { headers, body: ORDER });
  await writer.call('POST /orders', { headers, body: ORDER });
  await writer.call('POST /orders', { headers, body: { ...ORDER, customer: 'bob' }, status: 422 });
  await writer.call('POST /orders/batch', { headers, body: { orders: [ORDER, ORDER] } });
}

/** Approves a held order twice, of which the second is refused, and rejects another order. */
async function decided(clients: Clients): Promise<void> {
  const { writer } = clients;
  const decide = (id: string, decision: string, status = 200) =>
    writer.call('POST /orders/{id}/approval', { path: { id }, body: { decision }, status });
  const [approved, rejected] = await Promise.all([
    place(clients, { approval: true }),
    place(clients, { approval: true }),
  ]);
  await reaches(clients, approved, 'held');
  await decide(approved, 'approve');
  await reaches(clients, approved, 'fulfilled');
  await decide(approved, 'approve', 409);
  await reaches(clients, rejected, 'held');
  await decide(rejected, 'reject');
  await decide('none', 'approve', 404);
}

/** Places an order with parts that fail. */
async function split(clients: Clients): Promise<void> {
  const { writer } = clients;
  const id = await place(clients, { parts: 2, demo: { failTimes: 5 } });
  await reaches(clients, id, 'failed');
  const { parts = [] } = await writer.call<OrderView>('GET /orders/{id}', { path: { id } });
  await reaches(clients, parts[0] ?? '', 'failed');
}

/** Runs a job that always crashes, and one that exceeds its memory. A second launch of the first returns the existing Job. */
async function crashed(clients: Clients): Promise<void> {
  const { jobLauncher } = clients;
  const orders = await Promise.all(
    (['crash', 'oom'] as const).map((jobFault) => place(clients, { report: true, demo: { jobFault } })),
  );
  for (const id of orders) {
    await reaches(clients, id, 'fulfilled');
    await until(
      () => jobLauncher.call<ReportStatus>('GET /reports/{jobName}', { path: { jobName: `report-${id}` } }),
      ({ phase }) => phase === 'failed',
      { deadlineMs: DEADLINE_MS, what: `report-${id}, failed,` },
    );
  }
  await jobLauncher.call('POST /reports', { body: { orderId: orders[0] } });
}

/** Runs a Job that has to wait until it is admitted. */
async function held(system: LocalSystem, clients: Clients): Promise<void> {
  const id = await place(clients, { report: true });
  await reaches(clients, id, 'fulfilled');
  await admitted(system, `report-${id}`);
}

/** Cancels an order for tomorrow. A finished order and an unknown one can't be canceled. */
async function cancelled(clients: Clients): Promise<void> {
  const { writer } = clients;
  const id = await place(clients, { availableAt: new Date(Date.now() + DAY_MS).toISOString() });
  await writer.call('DELETE /orders/{id}', { path: { id } });
  await reaches(clients, id, 'cancelled');
  const over = await place(clients);
  await reaches(clients, over, 'fulfilled');
  await writer.call('DELETE /orders/{id}', { path: { id: over }, status: 409 });
  await writer.call('DELETE /orders/{id}', { path: { id: 'none' }, status: 404 });
}

/** Makes the requests of a click in the playground, and of the page that follows the run. */
async function clicked(clients: Clients): Promise<void> {
  const { playground } = clients;
  const runId = randomBytes(16).toString('hex');
  const { orderIds } = await playground.call<{ orderIds: string[] }>('POST /api/runs', {
    body: {
      traceparent: `00-${runId}-${randomBytes(8).toString('hex')}-01`,
      clickedAtMs: Date.now(),
      settings: DEFAULT_SETTINGS,
    },
  });
  const orderId = orderIds[0] ?? '';
  await reaches(clients, orderId, 'fulfilled');
  await playground.call('GET /api/runs');
  await playground.call('GET /draw/{orderId}', { path: { orderId } });
  await playground.call('GET /api/runs/{runId}/carriers', { path: { runId }, query: { orderId } });
  await playground.call('GET /api/runs/{runId}/logs', { path: { runId } });
}

/** Makes the requests of the page's queue panel: pause, load, dead letters, and an approval. */
async function actedFromThePage(clients: Clients): Promise<void> {
  const { playground } = clients;
  await playground.call('GET /api/queue');
  await playground.call('POST /api/queue/pause');
  await playground.call('POST /api/queue/resume');
  await playground.call('POST /api/load', { body: { perSecond: 10, seconds: 1 } });
  await playground.call('GET /api/load');
  await playground.call('DELETE /api/load');
  const { deadLetters } = await playground.call<DeadLetterPage>('GET /api/dead-letters');
  const path = { id: deadLetters[0]?.orderId ?? '' };
  await playground.call('POST /api/dead-letters/{id}/retry', { path });
  await reaches(clients, path.id, 'failed');
  const id = await place(clients, { approval: true });
  await reaches(clients, id, 'held');
  await playground.call('POST /api/orders/{id}/approval', { path: { id }, body: { decision: 'approve' } });
  await reaches(clients, id, 'fulfilled');
}

const takesNothing = (call: string): boolean => /^GET [^{]+$/.test(call);

/** Makes all remaining calls, including some that are refused. */
async function lookedAt(clients: Clients): Promise<void> {
  const { writer, poller, jobLauncher, playground } = clients;
  const id = await place(clients, { report: true });
  await reaches(clients, id, 'fulfilled');
  await writer.call('GET /orders', { query: { status: 'fulfilled', limit: '2' } });
  await writer.call('GET /orders', { query: { limit: 'many' }, status: 400 });
  await writer.call('GET /orders/{id}', { path: { id: 'none' }, status: 404 });
  await writer.call('GET /orders/{id}/carrier', { path: { id } });
  await writer.call('POST /orders', { body: {}, status: 400 });
  await poller.call('POST /pause');
  await poller.call('POST /resume');
  await poller.call('GET /dead-letters/{id}', { path: { id }, status: 404 });
  await jobLauncher.call('GET /reports/{jobName}/carrier', { path: { jobName: `report-${id}` } });
  await jobLauncher.call('GET /reports/{jobName}', { path: { jobName: 'none' }, status: 404 });
  await jobLauncher.call('POST /reports', { body: { orderId: 'none' }, status: 400 });
  await playground.call('GET /api/runs/{runId}/carriers', {
    path: { runId: 'x' },
    query: { orderId: id },
    status: 404,
  });
  for (const client of Object.values(clients))
    for (const name of client.untried().filter(takesNothing)) await client.call(name);
}
