import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ORDERS_COLLECTION,
  REPORTS_COLLECTION,
  type LaunchedReport,
  type OrderDocument,
  type PlacedOrder,
  type PlaceOrder,
  type ReportDocument,
  type ReportStatus,
} from '@beyond-headers/contracts';
import { startMongod } from '@beyond-headers/local-mongod';
import { startTraceStore } from '@beyond-headers/trace-store';
import { MongoClient, type Collection } from 'mongodb';
import { until } from '../../support/until.ts';
import { makeNamespace, type TestNamespace } from './namespace.ts';
import { startService, type ServiceProcess } from './processes.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { urlAt } from './url-at.ts';

export interface ClusterSystem {
  namespace: TestNamespace;
  image: string;
  /** Between the launcher and the API server. */
  apiProxy: TcpProxy;
  tracesUrl: string;
  client: MongoClient;
  orders: Collection<OrderDocument>;
  reports: Collection<ReportDocument>;
  /** The environment of a launcher in this system. */
  launcherEnv: NodeJS.ProcessEnv;
  /** The environment of the writer and the poller. */
  databaseEnv: NodeJS.ProcessEnv;
  start(service: string, env: NodeJS.ProcessEnv): Promise<ServiceProcess>;
  stop(): Promise<void>;
}

/** Starts MongoDB and a trace store on this machine, where pods can reach them, and creates a namespace in the cluster. */
export async function startClusterSystem(): Promise<ClusterSystem> {
  const stops: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const step of stops.toReversed()) await step();
  };
  try {
    return { ...(await startParts(stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(stops: Array<() => Promise<unknown>>): Promise<Omit<ClusterSystem, 'stop'>> {
  const namespace = await makeNamespace();
  stops.push(() => namespace.remove());
  const mongod = await startMongod();
  stops.push(() => mongod.close());
  const client = new MongoClient(mongod.uri);
  stops.push(() => client.close());
  const traces = await startTraceStore({ host: '0.0.0.0' });
  stops.push(() => traces.close());
  const mongoProxy = await startTcpProxy({ host: '127.0.0.1', port: mongod.port }, '0.0.0.0');
  stops.push(() => mongoProxy.close());
  const apiProxy = await startTcpProxy(namespace.apiServer, '127.0.0.1');
  stops.push(() => apiProxy.close());
  const kubeconfig = await writeTemporary(await namespace.launcherKubeconfig(apiProxy.port), stops);

  const common = {
    OTEL_EXPORTER_OTLP_ENDPOINT: urlAt('127.0.0.1', traces.otlpUrl),
    TRACES_URL: urlAt('127.0.0.1', traces.queryUrl),
  };
  const image = process.env['REPORT_JOB_IMAGE'] ?? '';
  const database = client.db('cluster_test');
  return {
    namespace,
    image,
    apiProxy,
    tracesUrl: urlAt('127.0.0.1', traces.queryUrl),
    client,
    orders: database.collection<OrderDocument>(ORDERS_COLLECTION),
    reports: database.collection<ReportDocument>(REPORTS_COLLECTION),
    databaseEnv: { ...common, MONGODB_URI: mongod.uri, MONGODB_DATABASE: 'cluster_test' },
    launcherEnv: {
      ...common,
      KUBECONFIG: kubeconfig,
      JOB_LAUNCHER_PORT: '0',
      JOB_NAMESPACE: namespace.name,
      JOB_IMAGE: image,
      JOB_SERVICE_ACCOUNT: 'report-job',
      JOB_MONGODB_URI: `mongodb://${namespace.hostAddress}:${mongoProxy.port}/?directConnection=true`,
      JOB_MONGODB_DATABASE: 'cluster_test',
      JOB_OTLP_ENDPOINT: urlAt(namespace.hostAddress, traces.otlpUrl),
    },
    start: async (service, env) => {
      const process = await startService(service, env);
      stops.push(() => process.kill());
      return process;
    },
  };
}

async function writeTemporary(text: string, stops: Array<() => Promise<unknown>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'cluster-test-'));
  stops.push(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'kubeconfig');
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

/** Places an order as a customer does. */
export async function placeOrder(
  writerUrl: string,
  order: Partial<PlaceOrder> = {},
): Promise<Required<PlacedOrder>> {
  const items = [{ sku: 'tea', quantity: 2, unitPriceCents: 350 }];
  return post<Required<PlacedOrder>>(`${writerUrl}/orders`, { customer: 'ada', items, ...order });
}

/** Stores an order that no poller claims, for a test that calls the launcher itself. */
export async function storeOrder({ orders }: ClusterSystem, customer: string): Promise<string> {
  const now = new Date();
  const _id = Buffer.from(crypto.getRandomValues(new Uint8Array(12))).toString('hex');
  const items = [{ sku: 'tea', quantity: 3, unitPriceCents: 100 }];
  await orders.insertOne({
    _id,
    customer,
    items,
    report: true,
    status: 'fulfilled',
    traceIds: [],
    createdAt: now,
    availableAt: now,
    attempts: 1,
  });
  return _id;
}

/** Requests the report of an order from the launcher. */
export function launch(
  launcher: ServiceProcess,
  orderId: string,
  headers: Record<string, string> = {},
): Promise<Required<LaunchedReport>> {
  return post<Required<LaunchedReport>>(`${launcher.url}/reports`, { orderId }, headers);
}

/** Polls the launcher until the status of a Job meets the condition. At the deadline, throws an error with the logs of the Job's pods. */
export async function statusOf(
  { namespace }: ClusterSystem,
  launcher: ServiceProcess,
  jobName: string,
  condition: (status: ReportStatus) => unknown,
): Promise<ReportStatus> {
  const read = async () => (await (await fetch(`${launcher.url}/reports/${jobName}`)).json()) as ReportStatus;
  try {
    return await until(read, condition, { deadlineMs: 60_000, what: `the status of ${jobName}` });
  } catch (cause) {
    throw new Error(`${String(cause)}\n${await podLogs(namespace, jobName)}\n${launcher.log()}`, { cause });
  }
}

async function podLogs({ core, name: namespace }: TestNamespace, jobName: string): Promise<string> {
  const labelSelector = `batch.kubernetes.io/job-name=${jobName}`;
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const logs = items.map(({ metadata }) =>
    core.readNamespacedPodLog({ namespace, name: metadata?.name ?? '' }).catch(String),
  );
  return (await Promise.all(logs)).join('\n');
}

async function post<T>(url: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
