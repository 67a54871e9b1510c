import type { Request, Response } from 'express';
import type { KubeObject } from '../objects.ts';
import type { Change, Store } from '../store/store.ts';
import { ApiError } from './api-error.ts';
import { flag, integer, text } from './query.ts';
import { parseVersion, selectorOf, type Target } from './read.ts';
import { formFor, represent, type Form } from './representation.ts';
import { apiVersionOf } from './resources.ts';
import type { Selector } from './selectors.ts';

const DEFAULT_TIMEOUT_S = 30 * 60;
const MAX_TIMEOUT_S = 24 * 3600;
const BOOKMARK_EVERY_MS = 60_000;
// A reader that falls so far behind is cut off, as a real API server does: it lists again and goes on.
export const MAX_UNSENT_BYTES = 8 * 1024 * 1024;

/** All open watches, so that a shutdown can end them. */
export class Watches {
  readonly #store: Store;
  readonly #open = new Set<() => void>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** How many are open. */
  get count(): number {
    return this.#open.size;
  }

  close(): void {
    this.#open.forEach((end) => end());
  }

  serve(target: Target, req: Request, res: Response): void {
    const stream = new WatchStream(target, formFor(req), selectorOf(req, target), res);
    const timeoutMs = Math.min(integer(req, 'timeoutSeconds') ?? DEFAULT_TIMEOUT_S, MAX_TIMEOUT_S) * 1000;
    const start = initialChanges(this.#store, target, req);
    res.setHeader('content-type', 'application/json');
    res.flushHeaders();
    if (start === undefined)
      return stream.fail(tooOld(text(req, 'resourceVersion') ?? '', this.#store.version));
    for (const change of start) stream.send(change);
    if (flag(req, 'sendInitialEvents'))
      stream.bookmark(this.#store.version, { 'k8s.io/initial-events-end': 'true' });
    this.#follow(stream, req, res, timeoutMs);
  }

  #follow(stream: WatchStream, req: Request, res: Response, timeoutMs: number): void {
    const unsubscribe = this.#store.subscribe((change) => stream.send(change));
    const timeout = setTimeout(() => end(), timeoutMs);
    const bookmarks = flag(req, 'allowWatchBookmarks')
      ? setInterval(() => stream.bookmark(this.#store.version), BOOKMARK_EVERY_MS)
      : undefined;
    const release = (): void => {
      unsubscribe();
      clearTimeout(timeout);
      clearInterval(bookmarks);
      this.#open.delete(end);
    };
    const end = (): void => {
      release();
      res.end();
    };
    this.#open.add(end);
    res.once('close', release);
  }
}

/** What a watch starts with: everything there is, or what changed since the given version; undefined when that is forgotten. */
function initialChanges(store: Store, { resource, namespace }: Target, req: Request): Change[] | undefined {
  const version = parseVersion(text(req, 'resourceVersion'));
  if (version > 0 && !flag(req, 'sendInitialEvents')) return store.since(resource.plural, version);
  return store.list(resource.plural, namespace).map((object) => {
    return {
      type: 'ADDED',
      resource: resource.plural,
      version: Number(object.metadata.resourceVersion),
      object,
    } as Change;
  });
}

function tooOld(given: string, current: number): ApiError {
  return new ApiError(410, 'Expired', `too old resource version: ${given} (${current})`);
}

/** Writes the events of one watch: those of its resource and namespace that its selector lets through. */
class WatchStream {
  readonly #target: Target;
  readonly #form: Form;
  readonly #selected: Selector;
  readonly #res: Response;
  #sentColumns = false;

  constructor(target: Target, form: Form, selected: Selector, res: Response) {
    this.#target = target;
    this.#form = form;
    this.#selected = selected;
    this.#res = res;
  }

  send(change: Change): void {
    const { resource, namespace } = this.#target;
    if (change.resource !== resource.plural) return;
    if (namespace !== undefined && change.object.metadata.namespace !== namespace) return;
    const type = this.#typeOf(change);
    if (!type) return;
    this.#write(type, represent(change.object, resource, this.#form, !this.#sentColumns));
    this.#sentColumns = true;
  }

  bookmark(version: number, annotations?: Record<string, string>): void {
    const { resource } = this.#target;
    const metadata = { resourceVersion: String(version), ...(annotations ? { annotations } : {}) };
    const bare = {
      kind: resource.kind,
      apiVersion: apiVersionOf(resource),
      metadata,
    } as unknown as KubeObject;
    if (this.#form === 'whole') this.#write('BOOKMARK', bare);
    else
      this.#write('BOOKMARK', {
        kind: this.#form,
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        ...(this.#form === 'Table' ? { rows: [] } : {}),
      });
  }

  /** An error inside the stream, as its status line is sent already. */
  fail(error: ApiError): void {
    this.#write('ERROR', error.toStatus());
    this.#res.end();
  }

  /** An object that begins or ceases to match the selector appears and vanishes for this watch. */
  #typeOf({ type, object, previous }: Change): Change['type'] | undefined {
    const matches = this.#selected(object);
    if (type !== 'MODIFIED' || !previous) return matches ? type : undefined;
    const matched = this.#selected(previous);
    if (matches && matched) return 'MODIFIED';
    if (matches) return 'ADDED';
    return matched ? 'DELETED' : undefined;
  }

  #write(type: string, object: object): void {
    if (this.#res.writableLength > MAX_UNSENT_BYTES) this.#res.destroy();
    else this.#res.write(`${JSON.stringify({ type, object })}\n`);
  }
}
