import { join } from 'node:path';
import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { createPlayground } from './app.ts';
import { playgroundConfig } from './config.ts';
import { queueControls } from './demo/queue-controls.ts';

const config = readConfig(playgroundConfig);
const logger = createLogger('playground', config.LOG_LEVEL);
const { app, endStreams } = createPlayground({
  ownUrl: `http://127.0.0.1:${config.PLAYGROUND_PORT}`,
  writerUrl: config.WRITER_URL,
  pollerUrl: config.POLLER_URL,
  jobLauncherUrl: config.JOB_LAUNCHER_URL,
  tracesUrl: config.TRACES_URL,
  tracesQueryUrl: config.TRACES_QUERY_URL ?? config.TRACES_URL,
  logsUrl: config.LOGS_QUERY_URL,
  otlpUrl: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  docs: join(import.meta.dirname, '../../docs'),
  allowedHosts: config.ALLOWED_HOSTS,
  ...(config.DEMO_CONTROLS && { controls: queueControls(config.WRITER_URL, config.POLLER_URL) }),
  logger,
});
// Registered before `serve`, so that streams end before the server waits for requests in flight. A stream lasts as long as its
// page is open.
process.once('SIGTERM', endStreams).once('SIGINT', endStreams);
await serve({ app, host: config.HOST, port: config.PLAYGROUND_PORT, logger });
