import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { STOPS } from '@beyond-headers/journey';
import { Router, type Request, type Response } from 'express';
import { loadModules } from './page-modules.ts';

export interface Asset {
  /** The path at which it is served. */
  url: string;
  type: string;
  body: Buffer;
  /** The gzipped body, for clients that accept it. Absent unless the asset is text. */
  gzipped?: Buffer;
  etag: string;
  /** Whether it is a module that a page imports only when it needs it. */
  isLate?: boolean;
}

const placeOf = (path: string) => ({ url: `/assets/${path}`, file: join(import.meta.dirname, path) });

/** The modules that pages load first. Their imports are served too. */
const ENTRIES = ['browser/main.ts', 'browser/tutorial.ts'].map(placeOf);
/** The modules that a page imports when a visitor asks for them. */
const LATE = ['browser/queue/main.ts'].map(placeOf);
const EVERY_PAGE = new URL(import.meta.resolve('@beyond-headers/service-kit/page.css'));
/** In cascade order: later files can override earlier ones. */
const STYLES = [
  'tokens',
  'base',
  'controls',
  'run-form',
  'way',
  'slots',
  'verdict',
  'journey',
  'waterfall',
  'rows',
  'bars',
  'table',
  'carriers',
  'dialog',
  'queue',
  'span-logs',
  'recent',
  'tutorial',
];

export const STYLE_URL = '/assets/styles.css';

/** Reads the page's modules and styles into memory. */
export function loadAssets(): Asset[] {
  const early = new Set(loadModules(ENTRIES).map(({ url }) => url));
  const modules = loadModules([...ENTRIES, ...LATE]).map(({ url, code }) => ({
    ...toAsset(url, 'text/javascript', code),
    isLate: !early.has(url),
  }));
  const own = STYLES.map((name) => join(import.meta.dirname, 'browser/styles', `${name}.css`));
  const styles = [EVERY_PAGE, ...own].map((file) => readFileSync(file, 'utf8'));
  return [...modules, toAsset(STYLE_URL, 'text/css', [...styles, ...STOPS.map(styleOf)].join(''))];
}

const styleOf = ({ service, color: [light, dark] }: (typeof STOPS)[number]): string =>
  `.service-${service} {\n  --service: light-dark(${light}, ${dark});\n}\n`;

/** Makes an asset. It is compressed only once, because it stays the same while this process lives. */
export function toAsset(url: string, type: string, content: string | Buffer): Asset {
  const body = Buffer.from(content);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
  const isText = type.startsWith('text/');
  return { url, type, body, etag, ...(isText && { gzipped: gzipSync(body) }) };
}

/** Serves assets from memory. A browser checks on each load whether an asset has changed, so that a page never mixes two versions. */
export function serveAssets(assets: readonly Asset[]): Router {
  const byUrl = new Map(assets.map((asset) => [asset.url, asset]));
  const routes = Router();
  routes.get('/{*path}', (request, response, next) => {
    const asset = byUrl.get(request.path);
    if (!asset) return next();
    send(request, response, asset);
  });
  return routes;
}

function send(request: Request, response: Response, { type, body, gzipped, etag }: Asset): void {
  response.set({ etag, 'cache-control': 'no-cache', vary: 'accept-encoding' });
  if (request.get('if-none-match') === etag) return void response.status(304).end();
  const isGzipped = gzipped !== undefined && request.acceptsEncodings('gzip') === 'gzip';
  if (isGzipped) response.set('content-encoding', 'gzip');
  response.type(type).send(isGzipped ? gzipped : body);
}
