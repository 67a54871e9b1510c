import type { Server } from 'node:http';
import { shutdownTelemetry } from '@beyond-headers/telemetry';
import type { Express } from 'express';
import { STARTED } from './http-app.ts';
import { closeServer, listen, urlOf } from './listen.ts';
import type { Logger } from './logger.ts';
import { observeSpanDelivery } from './span-delivery.ts';

/** From the signal to the exit of a process, in milliseconds, whatever is in flight. */
const STOP_BUDGET_MS = 9_000;

export interface ServeOptions {
  app: Express;
  host: string;
  port: number;
  logger: Logger;
  /** What to stop after the server took its last request, the last started first. */
  release?: Array<() => Promise<void>>;
}

/** Listens, and stops in order at SIGTERM or SIGINT: requests in flight, then `release`, then telemetry. A second signal ends at once. */
export async function serve({ app, host, port, logger, release = [] }: ServeOptions): Promise<Server> {
  const server = await listen(app, host, port);
  logger.info(`listening on ${urlOf(server)}`);
  stopOnSignal(logger, [() => closeServer(server), ...release]);
  observeSpanDelivery();
  app.locals[STARTED] = true;
  return server;
}

function stopOnSignal(logger: Logger, release: Array<() => Promise<void>>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info(`${signal}: stopping`);
    setTimeout(() => process.exit(1), STOP_BUDGET_MS).unref();
    void releaseInOrder(logger, release).then((failed) => process.exit(failed ? 1 : 0));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

async function releaseInOrder(logger: Logger, release: Array<() => Promise<void>>): Promise<boolean> {
  let failed = false;
  for (const step of release) {
    try {
      await step();
    } catch (error) {
      failed = true;
      logger.error({ err: error }, 'a part failed to stop');
    }
  }
  await shutdownTelemetry();
  return failed;
}
