import type { Server } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';
import {
  ORDERS_COLLECTION,
  type OrderDocument,
  type OrderView,
  type PlacedOrder,
  type PlaceOrder,
} from '@beyond-headers/contracts';
import { startCluster } from '@beyond-headers/local-cluster';
import { startMongod } from '@beyond-headers/local-mongod';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { createLogger } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { closeServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import request from 'supertest';
import { createJobLauncherApp } from '../../../services/job-launcher/app.ts';
import { jobLauncherDemo } from '../../../services/job-launcher/demo/job-launcher-demo.ts';
import type { ReportJobSettings } from '../../../services/job-launcher/job-manifest.ts';
import { connectKubernetes } from '../../../services/job-launcher/kubernetes.ts';
import { pollerDemo } from '../../../services/poller/demo/poller-demo.ts';
import { startPoller } from '../../../services/poller/poller.ts';
import { createWriterApp } from '../../../services/writer/app.ts';
import { writerDemo } from '../../../services/writer/demo/writer-demo.ts';
import { traces } from './preload.ts';
import { until } from '../../support/until.ts';
import { POLLER_SETTINGS } from './poller-settings.ts';

const REPORT_JOB = new URL('../../../services/report-job/', import.meta.url);
const IMAGE = 'report-job:test';

export interface TestSystem {
  writer: Server;
  jobLauncher: Server;
  orders: ReturnType<typeof ordersOf>;
  kubeconfig: string;
  /** The settings with which the launcher creates its Jobs. */
  jobSettings: ReportJobSettings;
  placeOrder(order: Partial<PlaceOrder>, headers?: Record<string, string>): Promise<Required<PlacedOrder>>;
  /** Waits until the order is fulfilled and `traceCount` traces have touched it, and returns it. */
  fulfilled(orderId: string, traceCount: number): Promise<OrderView>;
  stop(): Promise<void>;
}

const ordersOf = (mongo: ReturnType<typeof openMongo>) =>
  mongo.db.collection<OrderDocument>(ORDERS_COLLECTION);

/** Starts writer, poller, and launcher in this process, with a real mongod and the local cluster. Only the job runs in its own process. */
export async function startTestSystem(): Promise<TestSystem> {
  const stops: Array<() => Promise<unknown>> = [];
  const logger = createLogger('test', 'silent');

  const mongod = await startMongod();
  stops.unshift(() => mongod.close());
  const mongo = openMongo(mongod.uri, 'integration', 'test');
  stops.unshift(mongo.close);
  const orders = ordersOf(mongo);

  const cluster = await startCluster({ images: { [IMAGE]: reportJobImage() }, timeScale: 0.1 });
  stops.unshift(() => cluster.close());
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(cluster.kubeconfig());

  const kubernetes = connectKubernetes(kubeConfig);
  const jobLauncher = await listen(
    createJobLauncherApp({
      kubernetes,
      job: jobSettings(mongod.uri),
      tracesUrl: traces.queryUrl,
      ...jobLauncherDemo(kubernetes.batch, 'default'),
      logger,
    }),
  );
  stops.unshift(() => closeServer(jobLauncher));

  const poller = startPoller({
    orders,
    ...pollerDemo(urlOf(jobLauncher)),
    logger,
    ...POLLER_SETTINGS,
  });
  stops.unshift(poller.stop);

  const writer = await listen(
    createWriterApp({
      orders,
      tracesUrl: traces.queryUrl,
      ...writerDemo(orders),
      logger,
      ping: mongo.ping,
    }),
  );
  stops.unshift(() => closeServer(writer));

  return {
    writer,
    jobLauncher,
    orders,
    kubeconfig: cluster.kubeconfig(),
    jobSettings: jobSettings(mongod.uri),
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
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
}

function reportJobImage() {
  return {
    command: [process.execPath, '--import', '@beyond-headers/telemetry/register', 'main.ts'],
    workingDir: REPORT_JOB.pathname,
    env: COMPILE_CACHE,
  };
}

const jobSettings = (mongodbUri: string) => ({
  namespace: 'default',
  image: IMAGE,
  mongodbUri,
  mongodbDatabase: 'integration',
  otlpEndpoint: traces.otlpUrl,
  backoffLimit: 2,
  deadlineSeconds: 60,
  ttlSeconds: 3_600,
});
