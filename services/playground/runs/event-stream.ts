import type { Request, Response } from 'express';
import { HttpProblem } from '@beyond-headers/service-kit';
import { runIdIn } from './new-run.ts';
import type { RecentRuns } from './recent-runs.ts';
import type { RunWatches } from './run-watches.ts';

const MAX_STREAMS = 400;
/** Proxies and browsers close a connection that is idle for long. */
const HEARTBEAT_MS = 15_000;
/** A page that reads too slowly is disconnected. It reconnects by itself. */
const MAX_BUFFERED_BYTES = 16 * 2 ** 20;

/** `GET /api/runs/:runId/events`: the updates of a run as server-sent events, resumed after `Last-Event-ID`. */
export class EventStreams {
  readonly #open = new Set<Response>();
  readonly #watches: RunWatches;
  readonly #recent: RecentRuns;

  constructor(watches: RunWatches, recent: RecentRuns) {
    this.#watches = watches;
    this.#recent = recent;
  }

  serve(request: Request, response: Response): void {
    const id = runIdIn(request);
    if (this.#open.size >= MAX_STREAMS)
      throw new HttpProblem(503, 'Too many pages are open; try again later.');
    response.set({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    const unsubscribe = this.#watches.subscribe(
      id,
      (update, eventId) => {
        if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
        else response.write(`id: ${eventId}\ndata: ${JSON.stringify(update)}\n\n`);
      },
      lastEventId(request),
      this.#recent.settingsOf(id),
    );
    // Too many different runs are open. The page should try again later.
    if (!unsubscribe) return void response.end('retry: 10000\n\n');
    this.#open.add(response);
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(heartbeat);
      this.#open.delete(response);
      unsubscribe();
    });
  }

  /** Ends every stream, so that the server can stop. Pages reconnect to the next server. */
  close(): void {
    this.#watches.close();
    for (const response of this.#open) response.end();
  }
}

/** The browser sends the header when it reconnects by itself. When the page reconnects, it sends `after` instead. */
function lastEventId(request: Request): string | undefined {
  const { after } = request.query;
  return request.get('last-event-id') ?? (typeof after === 'string' ? after : undefined);
}
