import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, type RequestHandler } from 'express';

/** The files of swagger-ui-dist that are served; images hold no others of it (docker/image/install.sh). */
const FILES = {
  '/swagger-ui.css': import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  '/swagger-ui-bundle.js': import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
};

/** Everything comes from the service itself, nothing is inline and nothing is loaded from elsewhere. */
const CONTENT_SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script src="/docs/start.js" defer></script>
</head>
<body>
<div id="api"></div>
<noscript>This page needs JavaScript; the description itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, docExpansion: 'list' });\n`;

/** Shows `/openapi.json` as a page to read and to try calls from; to be mounted at `/docs`. */
export function apiDocs(): Router {
  const routes = Router();
  routes.use(contentSecurity);
  routes.get('/', (_request, response) => void response.type('html').send(PAGE));
  routes.get('/start.js', (_request, response) => void response.type('text/javascript').send(START));
  for (const [path, url] of Object.entries(FILES)) {
    const file = fileURLToPath(url);
    // With a root: else a checkout below a directory whose name begins with a dot would be taken for a hidden file.
    const options = { root: dirname(file), maxAge: '1d' };
    routes.get(path, (_request, response) => response.sendFile(basename(file), options));
  }
  return routes;
}

const contentSecurity: RequestHandler = (_request, response, next) => {
  response.set('content-security-policy', CONTENT_SECURITY);
  next();
};
