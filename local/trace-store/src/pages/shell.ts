import { readFileSync } from 'node:fs';
import type { Request, Response } from 'express';
import { html, type Html } from './html.ts';

export const STYLE_URL = '/assets/styles.css';
/** In cascade order: later files can override earlier ones. */
const STYLES = ['@beyond-headers/service-kit/page.css', './base.css', './trace.css'];
const styles = STYLES.map((name) => readFileSync(new URL(import.meta.resolve(name)), 'utf8')).join('');

/** A page loads only its own style sheet: no scripts, nothing inline, and nothing from other hosts. It can't be framed. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Reports whether the client asks for HTML, as a browser does. `curl` accepts anything, and gets text. */
export function wantsHtml(request: Request): boolean {
  return request.query['format'] !== 'text' && request.accepts(['text/plain', 'text/html']) === 'text/html';
}

export function sendStyles(response: Response): void {
  response.set('cache-control', 'no-cache').type('text/css').send(styles);
}

export function sendText(response: Response, status: number, text: string): void {
  response.status(status).vary('accept').type('text/plain').send(text);
}

export function sendPage(response: Response, status: number, title: string, main: Html): void {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${STYLE_URL}" />
      </head>
      <body>
        <header class="top">
          <a class="home" href="/">Traces</a>
          <p>The stand-in for Jaeger that <code>npm start</code> runs</p>
        </header>
        <main>${main}</main>
      </body>
    </html> `;
  response.status(status).vary('accept');
  response.set({ 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer' });
  response.type('text/html').send(page.markup);
}
