import type { Request, Response } from 'express';
import type { Change, Store } from '../store/store.ts';
import { ApiError } from './api-error.ts';
import { listVersion } from './list-options.ts';
import { flag, integer } from './query.ts';
import { selectorOf, type Target } from './read.ts';
import { formFor, represent, type Form } from './representation.ts';
import { apiVersionOf } from './resources.ts';
import type { Selector } from './selectors.ts';

const DEFAULT_TIMEOUT_S = 30 * 60;
const MAX_TIMEOUT_S = 24 * 3600;
// A watch sends a bookmark each minute, from which the next watch can resume. A shorter watch sends the first one 2 s before it ends.
const BOOKMARK_EVERY_MS = 60_000;
const BOOKMARK_BEFORE_END_MS = 2000;
const INITIAL_EVENTS_END = { 'k8s.io/initial-events-end': 'true' };
// A client that falls this far behind is disconnected, as by a real API server. It then lists again, and starts a new watch.
export const MAX_UNSENT_BYTES = 8 * 1024 * 1024;

/** All open watches, so that a shutdown can end them. */
export class Watches {
  readonly #store: Store;
  readonly #open = new Set<() => void>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Number of open watches. */
  get count(): number {
    return this.#open.size;
  }

  close(): void {
    this.#open.forEach((end) => end());
  }

  serve(target: Target, req: Request, res: Response): void {
    const stream = new WatchStream({ target, form: formFor(req), selected: selectorOf(req, target), res });
    const version = listVersion(req);
    const timeoutMs = Math.min(integer(req, 'timeoutSeconds') ?? DEFAULT_TIMEOUT_S, MAX_TIMEOUT_S) * 1000;
    const bookmarks = flag(req, 'allowWatchBookmarks');
    res.setHeader('content-type', 'application/json');
    res.flushHeaders();
    const { plural } = target.resource;
    const start = version === 0 ? present(this.#store, target) : this.#store.since(plural, version);
    if (start === undefined) return stream.fail(tooOld(version, this.#store.version));
    for (const change of start) stream.send(change);
    if (version === 0 && bookmarks) stream.bookmark(this.#store.version, INITIAL_EVENTS_END);
    this.#follow(stream, res, timeoutMs, bookmarks);
  }

  #follow(stream: WatchStream, res: Response, timeoutMs: number, bookmarks: boolean): void {
    const unsubscribe = this.#store.subscribe((change) => stream.send(change));
    const end = (): void => void res.end();
    const timeout = setTimeout(end, timeoutMs);
    const everyMs = Math.min(BOOKMARK_EVERY_MS, timeoutMs - BOOKMARK_BEFORE_END_MS);
    const bookmark = (): void => stream.bookmark(this.#store.version);
    const timer = bookmarks && everyMs > 0 ? setInterval(bookmark, everyMs) : undefined;
    this.#open.add(end);
    res.once('close', () => {
      unsubscribe();
      clearTimeout(timeout);
      clearInterval(timer);
      this.#open.delete(end);
    });
  }
}

/** Returns the current objects as ADDED changes. */
function present(store: Store, { resource: { plural }, namespace }: Target): Change[] {
  const added = { type: 'ADDED', resource: plural, version: store.version };
  return store.list(plural, namespace).map((object) => ({ ...added, object }) as Change);
}

function tooOld(given: number, current: number): ApiError {
  return new ApiError(410, 'Expired', `too old resource version: ${given} (${current})`);
}

interface WatchParts {
  target: Target;
  form: Form;
  selected: Selector;
  res: Response;
}

/** Writes the events of one watch, for the objects of its resource and namespace that match its selector. */
class WatchStream {
  readonly #watch: WatchParts;
  #sentColumns = false;

  constructor(watch: WatchParts) {
    this.#watch = watch;
  }

  send(change: Change): void {
    const { resource, namespace } = this.#watch.target;
    if (change.resource !== resource.plural) return;
    if (namespace !== undefined && change.object.metadata.namespace !== namespace) return;
    const type = this.#typeOf(change);
    if (!type) return;
    this.#write(type, represent(change.object, resource, this.#watch.form, !this.#sentColumns));
    this.#sentColumns = true;
  }

  bookmark(version: number, annotations?: Record<string, string>): void {
    const { resource } = this.#watch.target;
    const metadata = { resourceVersion: String(version), annotations };
    const bare = { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
    const table = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, rows: [] };
    this.#write('BOOKMARK', this.#watch.form === 'Table' ? table : bare);
  }

  /** Sends an error as an event, because the status code is already sent. */
  fail(error: ApiError): void {
    this.#write('ERROR', error.answer);
    this.#watch.res.end();
  }

  /** Returns ADDED for an object that begins to match the selector, and DELETED for one that stops matching it. */
  #typeOf({ type, object, previous }: Change): Change['type'] | undefined {
    const matches = this.#watch.selected(object);
    if (type !== 'MODIFIED' || !previous) return matches ? type : undefined;
    const matched = this.#watch.selected(previous);
    if (matches) return matched ? 'MODIFIED' : 'ADDED';
    return matched ? 'DELETED' : undefined;
  }

  #write(type: string, object: object): void {
    if (this.#watch.res.writableEnded) return;
    if (this.#watch.res.writableLength > MAX_UNSENT_BYTES) this.#watch.res.destroy();
    else this.#watch.res.write(`${JSON.stringify({ type, object })}\n`);
  }
}
