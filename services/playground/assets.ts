import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { Router, type Response } from 'express';

export interface Asset {
  /** Where it is served. */
  url: string;
  type: 'text/javascript' | 'text/css';
  body: string;
  etag: string;
}

const FOLDERS = ['browser', 'view'];

/** Reads the page's modules and styles once; TypeScript loses its types as Node takes them away, and nothing else. */
export function loadAssets(root = import.meta.dirname): Asset[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => /\.(ts|css)$/.test(file) && !/\.(test|d)\.ts$/.test(file))
      .map((file) => load(join(root, folder, file), `/assets/${folder}/${file}`)),
  );
}

function load(path: string, url: string): Asset {
  const source = readFileSync(path, 'utf8');
  const isStyle = path.endsWith('.css');
  const body = isStyle ? source : withoutBlank(stripTypeScriptTypes(source, { mode: 'strip' }));
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
  return { url, type: isStyle ? 'text/css' : 'text/javascript', body, etag };
}

/** Stripped types leave spaces behind, as many as they were long; at the ends of lines nobody needs them. */
function withoutBlank(code: string): string {
  return code.replaceAll(/[^\S\n]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n');
}

/** Serves assets from memory; a browser asks each time whether it has changed, so that no page mixes two versions. */
export function serveAssets(assets: readonly Asset[]): Router {
  const byUrl = new Map(assets.map((asset) => [asset.url, asset]));
  const routes = Router();
  routes.get('/assets/:folder/:file', (request, response, next) => {
    const asset = byUrl.get(request.path);
    if (!asset) return next();
    send(response, asset, request.get('if-none-match'));
  });
  return routes;
}

function send(response: Response, { type, body, etag }: Asset, known?: string): void {
  response.set({ etag, 'cache-control': 'no-cache' });
  if (known === etag) response.status(304).end();
  else response.type(type).send(body);
}
