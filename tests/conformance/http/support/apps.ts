import { createLogger, describeApi, type OpenApiDocument } from '@beyond-headers/service-kit';
import { createPlayground } from '@beyond-headers/playground';
import type { Express } from 'express';
import { jobLauncherApi } from '../../../../services/job-launcher/api.ts';
import { createJobLauncherApp } from '../../../../services/job-launcher/app.ts';
import { jobLauncherDemoOperations } from '../../../../services/job-launcher/demo/api.ts';
import { jobLauncherDemo } from '../../../../services/job-launcher/demo/job-launcher-demo.ts';
import { playgroundApi } from '../../../../services/playground/api.ts';
import { pollerApi } from '../../../../services/poller/api.ts';
import { createPollerApp } from '../../../../services/poller/app.ts';
import { pollerDemoOperations } from '../../../../services/poller/demo/api.ts';
import { pauseCalls } from '../../../../services/poller/demo/pause.ts';
import { writerApi } from '../../../../services/writer/api.ts';
import { createWriterApp } from '../../../../services/writer/app.ts';
import { writerDemoOperations } from '../../../../services/writer/demo/api.ts';
import { writerDemo } from '../../../../services/writer/demo/writer-demo.ts';

const logger = createLogger('test', 'silent');
const nowhere = 'http://127.0.0.1:1';
const ping = () => Promise.reject(new Error('nothing is there'));
/** Nothing here calls MongoDB, Kubernetes or a poller. */
const unused = {} as never;

/** The applications of all services with everything switched on and nothing behind them, and what each says of itself. */
export const APPS: ReadonlyArray<{ app: Express; document: OpenApiDocument }> = [
  {
    document: describeApi(writerApi, writerDemoOperations),
    app: createWriterApp({ orders: unused, tracesUrl: nowhere, ...writerDemo(unused), logger, ping }),
  },
  {
    document: describeApi(pollerApi, pollerDemoOperations),
    app: createPollerApp({
      poller: { queue: unused, loop: unused } as never,
      extra: pauseCalls(unused),
      logger,
      ping,
    }),
  },
  {
    document: describeApi(jobLauncherApi, jobLauncherDemoOperations),
    app: createJobLauncherApp({
      kubernetes: { batch: unused, core: unused, version: { getCode: ping } as never },
      job: { otlpEndpoint: nowhere } as never,
      tracesUrl: nowhere,
      ...jobLauncherDemo(unused, 'default'),
      logger,
    }),
  },
  {
    document: describeApi(playgroundApi),
    app: createPlayground({
      writerUrl: nowhere,
      jobLauncherUrl: nowhere,
      tracesQueryUrl: nowhere,
      tracesUrl: nowhere,
      otlpUrl: nowhere,
      logger,
    }).app,
  },
];
