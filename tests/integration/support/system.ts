import type { Server } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';
import type { OrderView, PlacedOrder, PlaceOrder } from '@beyond-headers/contracts';
import { startCluster } from '@beyond-headers/local-cluster';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { createLogger, readConfig } from '@beyond-headers/service-kit';
import { closeServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import request from 'supertest';
import { createJobLauncherApp } from '../../../services/job-launcher/app.ts';
import { jobLauncherDemo } from '../../../services/job-launcher/demo/job-launcher-demo.ts';
import {
  jobLauncherConfig,
  jobSettings,
  type ReportJobSettings,
} from '../../../services/job-launcher/config.ts';
import { connectKubernetes } from '../../../services/job-launcher/kubernetes.ts';
import { pollerDemo } from '../../../services/poller/demo/poller-demo.ts';
import { startPoller } from '../../../services/poller/poller.ts';
import { writerDemo } from '../../../services/writer/demo/writer-demo.ts';
import { until } from '../../support/until.ts';
import { startOrders, type OrdersTest } from './orders.ts';
import { traces } from './preload.ts';
import { POLLER_SETTINGS } from './poller-settings.ts';

const REPORT_JOB = new URL('../../../services/report-job/', import.meta.url);
const IMAGE = 'report-job:test';

export interface TestSystem {
  writer: Server;
  jobLauncher: Server;
  orders: OrdersTest['orders'];
  kubeconfig: string;
  /** The settings with which the launcher creates its Jobs. */
  jobSettings: ReportJobSettings;
  placeOrder(order: Partial<PlaceOrder>, headers?: Record<string, string>): Promise<Required<PlacedOrder>>;
  /** Waits until the order is fulfilled and `traceCount` traces have touched it, and returns it. */
  fulfilled(orderId: string, traceCount: number): Promise<OrderView>;
  stop(): Promise<void>;
}

/** Starts writer, poller, and launcher in this process, with a real mongod and the local cluster. Only the job runs in its own process. */
export async function startTestSystem(database: string): Promise<TestSystem> {
  await using started = new AsyncDisposableStack();
  const logger = createLogger('test', 'silent');

  const stored = await startOrders(database);
  started.defer(() => stored.stop());
  const { orders } = stored;

  const cluster = await startCluster({ images: { [IMAGE]: reportJobImage() }, timeScale: 0.1 });
  started.defer(() => cluster.close());
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(cluster.kubeconfig());

  const kubernetes = connectKubernetes(kubeConfig);
  const job = jobSettings(
    readConfig(jobLauncherConfig, {
      JOB_IMAGE: IMAGE,
      JOB_MONGODB_URI: stored.uri,
      JOB_MONGODB_DATABASE: database,
      JOB_OTLP_ENDPOINT: traces.otlpUrl,
    }),
  );
  const jobLauncher = await listen(
    createJobLauncherApp({
      kubernetes,
      job,
      tracesUrl: traces.queryUrl,
      ...jobLauncherDemo(kubernetes.batch, 'default'),
      logger,
    }),
  );
  started.defer(() => closeServer(jobLauncher));

  const poller = startPoller({
    orders,
    ...pollerDemo(urlOf(jobLauncher)),
    logger,
    ...POLLER_SETTINGS,
  });
  started.defer(poller.stop);

  const writer = await listen(stored.writer({ tracesUrl: traces.queryUrl, ...writerDemo(orders) }));
  started.defer(() => closeServer(writer));

  const running = started.move();
  return {
    writer,
    jobLauncher,
    orders,
    kubeconfig: cluster.kubeconfig(),
    jobSettings: job,
    placeOrder: async (order, headers = {}) => {
      const response = await request(writer)
        .post('/orders')
        .set(headers)
        .send({ customer: 'ada', items: [{ sku: 'tea', quantity: 2, unitPriceCents: 350 }], ...order })
        .expect(202);
      return response.body as Required<PlacedOrder>;
    },
    fulfilled: (orderId, traceCount) =>
      until(
        async () => (await request(writer).get(`/orders/${orderId}`)).body as OrderView,
        (order) => order.status === 'fulfilled' && order.traceIds.length >= traceCount,
        { what: `order ${orderId} fulfilled with ${traceCount} traces` },
      ),
    stop: () => running.disposeAsync(),
  };
}

function reportJobImage() {
  return {
    command: [process.execPath, '--import', '@beyond-headers/telemetry/register', 'main.ts'],
    workingDir: REPORT_JOB.pathname,
    env: COMPILE_CACHE,
  };
}
