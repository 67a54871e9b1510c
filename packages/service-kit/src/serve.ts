import type { Server } from 'node:http';
import { shutdownTelemetry } from '@beyond-headers/telemetry';
import type { Express } from 'express';
import { STARTED } from './http-app.ts';
import { closeServer, listen, urlOf } from './listen.ts';
import type { Logger } from './logger.ts';
import { observeSpanDelivery } from './span-delivery.ts';

/** The maximum time from the signal to the exit of a process, in milliseconds: a second less than `docker stop` waits. A long grace period extends it. */
const STOP_BUDGET_MS = 9_000;
/** The part of this time that remains after the grace period for work: to release work, close, and deliver spans. */
const REST_MS = 4_000;

export interface ServeOptions {
  app: Express;
  host: string;
  port: number;
  logger: Logger;
  /** What to stop after the last request has ended, in this order. List the part that started last first. */
  release?: Array<() => Promise<void>>;
  /** How long `release` may wait for work. The process may then take longer to stop. */
  workGraceMs?: number;
}

/**
 * Starts a server, and stops it gracefully at SIGTERM or SIGINT: requests in flight, then `release`, then telemetry. A second
 * signal exits immediately.
 */
export async function serve({
  app,
  host,
  port,
  logger,
  release = [],
  workGraceMs = 0,
}: ServeOptions): Promise<Server> {
  const server = await listen(app, host, port);
  logger.info(`listening on ${urlOf(server)}`);
  const budgetMs = Math.max(STOP_BUDGET_MS, workGraceMs + REST_MS);
  stopOnSignal(logger, [() => closeServer(server), ...release], budgetMs);
  observeSpanDelivery();
  app.locals[STARTED] = true;
  return server;
}

function stopOnSignal(logger: Logger, release: Array<() => Promise<void>>, budgetMs: number): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info(`${signal}: stopping`);
    setTimeout(() => process.exit(1), budgetMs).unref();
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
