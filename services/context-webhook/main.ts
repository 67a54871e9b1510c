import { once } from 'node:events';
import { readConfig } from '@beyond-headers/service-kit/config';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { contextWebhookConfig } from './config.ts';
import { createWebhookServer } from './server.ts';
import { readTlsFiles, renewTls } from './tls-files.ts';

const config = readConfig(contextWebhookConfig);
const logger = createLogger('context-webhook', config.LOG_LEVEL);
const server = createWebhookServer(readTlsFiles(config.TLS_DIRECTORY), logger);
const stopRenewing = renewTls(server, config.TLS_DIRECTORY, logger);
server.listen(config.CONTEXT_WEBHOOK_PORT, config.HOST);
await once(server, 'listening');
logger.info(`listening on https://${config.HOST}:${config.CONTEXT_WEBHOOK_PORT}`);

const stop = () => {
  stopRenewing();
  server.close();
  server.closeIdleConnections();
};
process.once('SIGTERM', stop).once('SIGINT', stop);
