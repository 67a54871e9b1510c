import { apiDocs } from '@beyond-headers/api-docs';
import { orderId } from '@beyond-headers/contracts';
import { createHttpApp, HttpProblem, type ExtraCalls, type Logger } from '@beyond-headers/service-kit';
import { Router, type Express } from 'express';
import { playgroundApi } from './api.ts';
import { loadAssets, serveAssets, toAsset } from './assets.ts';
import { contentSecurity } from './content-security.ts';
import { renderPage } from './page.ts';
import { QueueHistory, queueQuery } from './queue/queue-history.ts';
import { Drawings } from './runs/drawings.ts';
import { EventStreams } from './runs/event-stream.ts';
import { logsQuery, readLogs } from './runs/logs.ts';
import { carriersQuery, newRun, runIdIn } from './runs/new-run.ts';
import { RecentRuns } from './runs/recent-runs.ts';
import { RunWatches } from './runs/run-watches.ts';
import { connectSources } from './runs/sources.ts';
import { startRun } from './runs/start-run.ts';
import { toProblem } from './runs/http.ts';
import { loadTutorial } from './tutorial/tutorial.ts';

export interface PlaygroundOptions {
  /** Where people open the page. */
  ownUrl: string;
  writerUrl: string;
  pollerUrl: string;
  jobLauncherUrl: string;
  /** Where the playground reads traces. */
  tracesQueryUrl: string;
  /** Where people view traces. */
  tracesUrl: string;
  otlpUrl: string;
  /** Where the playground reads log lines. If it is absent, the page shows none. */
  logsUrl?: string | undefined;
  /** The folder of the documentation. If it is absent, no tutorial is served. */
  docs?: string | undefined;
  /** Calls that act on the queue. If they are absent, the page only shows the queue. */
  controls?: PlaygroundControls | undefined;
  /** Host names that callers may use: `ALLOWED_HOSTS`. */
  allowedHosts?: readonly string[] | undefined;
  logger: Logger;
}

/** Calls that act on the queue. */
export interface PlaygroundControls extends ExtraCalls {
  /** Stops work in progress, such as a load. */
  close: () => void;
}

export interface Playground {
  app: Express;
  /** Ends the streams and drawings of open pages, and closes the controls, because they would keep the server from stopping. */
  endStreams: () => void;
}

/** Creates the app with the page and its API: start a run, follow it, and show what carried its context. */
export function createPlayground(options: PlaygroundOptions): Playground {
  const { writerUrl, jobLauncherUrl, tracesQueryUrl, otlpUrl, controls, allowedHosts, logger } = options;
  const sources = connectSources({
    writer: writerUrl,
    jobLauncher: jobLauncherUrl,
    traces: tracesQueryUrl,
  });
  const recent = new RecentRuns();
  const streams = new EventStreams(new RunWatches(sources), recent);
  const tutorial = loadTutorial(options.docs, {
    'http://127.0.0.1:8080': options.ownUrl,
    'http://127.0.0.1:8081': writerUrl,
    'http://127.0.0.1:8082': options.pollerUrl,
    'http://127.0.0.1:8083': jobLauncherUrl,
    'http://127.0.0.1:16686': options.tracesUrl,
  });
  const drawings = new Drawings(sources);
  const assets = loadAssets();
  const queue = new QueueHistory(options.pollerUrl);
  const html = renderPage({
    tracesUrl: options.tracesUrl,
    assets,
    tutorial: tutorial.names,
    queue: { hasControls: controls !== undefined },
  });
  const page = toAsset('/', 'text/html', html);
  const onExportFailure = (error: unknown) =>
    logger.warn({ err: error }, 'the span of a click was not exported');
  const routes = Router();
  routes.use(contentSecurity(), serveAssets([...assets, ...tutorial.assets]));
  routes.get('/', serveAssets([page]));
  routes.use('/docs', apiDocs());

  routes.post('/api/runs', async (request, response) => {
    const run = newRun.parse(request.body);
    const id = run.traceparent.slice(3, 35);
    recent.add(id, run.settings, Date.now());
    const orderIds = await startRun(run, { writerUrl, otlpUrl, onExportFailure }).catch(toProblem);
    response.status(202).json({ runId: id, orderIds });
  });
  routes.get('/api/runs', (_request, response) => void response.json(recent.list()));
  routes.get('/api/runs/:runId/events', (request, response) => streams.serve(request, response));
  routes.get('/api/runs/:runId/carriers', async (request, response) => {
    runIdIn(request);
    const { orderId } = carriersQuery.parse(request.query);
    response.json(await sources.carriers(orderId).catch(toProblem));
  });
  routes.get('/api/queue', async (request, response) => {
    const { after } = queueQuery.parse(request.query);
    response.json({ samples: await queue.read(after).catch(toProblem) });
  });
  routes.get('/api/runs/:runId/logs', async (request, response) => {
    const runId = runIdIn(request);
    response.json(await readLogs(options.logsUrl, runId, logsQuery.parse(request.query)).catch(toProblem));
  });
  routes.get('/draw/:orderId', async (request, response) => {
    const id = orderId.safeParse(request.params.orderId);
    const isGone = () => response.closed;
    const text = id.success ? await drawings.draw(id.data, isGone).catch(toProblem) : undefined;
    if (text === undefined) throw new HttpProblem(404, 'There is no order with this id.');
    response.type('text/plain').send(text);
  });
  const endStreams = () => {
    streams.close();
    drawings.close();
    controls?.close();
  };
  const app = createHttpApp({ logger, routes, api: playgroundApi, extra: controls, allowedHosts });
  return { app, endStreams };
}
