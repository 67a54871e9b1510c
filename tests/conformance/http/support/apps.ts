import { createLogger, describeApi, type OpenApiDocument } from '@beyond-headers/service-kit';
import { createPlayground } from '@beyond-headers/playground';
import type { Express } from 'express';
import { jobLauncherApi } from '../../../../services/job-launcher/api.ts';
import { createJobLauncherApp } from '../../../../services/job-launcher/app.ts';
import { playgroundApi } from '../../../../services/playground/api.ts';
import { pollerApi } from '../../../../services/poller/api.ts';
import { createPollerApp } from '../../../../services/poller/app.ts';
import { writerApi } from '../../../../services/writer/api.ts';
import { createWriterApp } from '../../../../services/writer/app.ts';

const logger = createLogger('test', 'silent');
const nowhere = 'http://127.0.0.1:1';
const ping = () => Promise.reject(new Error('nothing is there'));
/** Nothing here calls MongoDB, Kubernetes or a poller. */
const unused = {} as never;

/** The applications of all services with everything switched on and nothing behind them, and what each says of itself. */
export const APPS: ReadonlyArray<{ app: Express; document: OpenApiDocument }> = [
  {
    document: describeApi(writerApi),
    app: createWriterApp({ orders: unused, tracesUrl: nowhere, demoControls: true, logger, ping }),
  },
  {
    document: describeApi(pollerApi),
    app: createPollerApp({
      poller: { queue: unused, loop: unused } as never,
      demoControls: true,
      logger,
      ping,
    }),
  },
  {
    document: describeApi(jobLauncherApi),
    app: createJobLauncherApp({
      kubernetes: { batch: unused, core: unused, version: { getCode: ping } as never },
      job: { otlpEndpoint: nowhere } as never,
      tracesUrl: nowhere,
      demoControls: true,
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
