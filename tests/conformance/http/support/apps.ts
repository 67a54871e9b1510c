import { createLogger, type OpenApiDocument } from '@beyond-headers/service-kit';
import { createPlayground } from '@beyond-headers/playground';
import type { Express } from 'express';
import { SERVICES } from '../../../../scripts/reference/http/services.ts';
import { createJobLauncherApp } from '../../../../services/job-launcher/app.ts';
import { jobLauncherDemo } from '../../../../services/job-launcher/demo/job-launcher-demo.ts';
import { createPollerApp } from '../../../../services/poller/app.ts';
import { queueControls } from '../../../../services/playground/demo/queue-controls.ts';
import { pauseCalls } from '../../../../services/poller/demo/pause.ts';
import { createWriterApp } from '../../../../services/writer/app.ts';
import { writerDemo } from '../../../../services/writer/demo/writer-demo.ts';
import type { LASTING } from '../../../../services/services.ts';

const logger = createLogger('test', 'silent');
const nowhere = 'http://127.0.0.1:1';
const ping = () => Promise.reject(new Error('nothing is there'));
/** Nothing here calls MongoDB, Kubernetes or a poller. */
const unused = {} as never;

/** The Express application of each service, with all its options and without anything behind it. */
const APPLICATIONS: Record<keyof typeof LASTING, Express> = {
  writer: createWriterApp({ orders: unused, tracesUrl: nowhere, ...writerDemo(unused), logger, ping }),
  poller: createPollerApp({
    poller: { queue: unused, loop: unused } as never,
    extra: pauseCalls(unused),
    logger,
    ping,
  }),
  jobLauncher: createJobLauncherApp({
    kubernetes: { batch: unused, core: unused, version: { getCode: ping } as never },
    job: { otlpEndpoint: nowhere } as never,
    tracesUrl: nowhere,
    ...jobLauncherDemo(unused, 'default'),
    logger,
  }),
  playground: createPlayground({
    ownUrl: nowhere,
    writerUrl: nowhere,
    pollerUrl: nowhere,
    controls: queueControls(nowhere, nowhere),
    jobLauncherUrl: nowhere,
    tracesQueryUrl: nowhere,
    tracesUrl: nowhere,
    otlpUrl: nowhere,
    logger,
  }).app,
};

/** Each application with its OpenAPI document. */
export const APPS: ReadonlyArray<{ app: Express; document: OpenApiDocument }> = SERVICES.map(
  ({ key, document }) => ({ app: APPLICATIONS[key], document }),
);
