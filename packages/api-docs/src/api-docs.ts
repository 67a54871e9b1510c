import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, type RequestHandler } from 'express';

/** The files of swagger-ui-dist to serve. Images contain no other files of that package (docker/image/install.sh). */
const FILES = {
  '/swagger-ui.css': import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  '/swagger-ui-bundle.js': import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
};

/** Allows only resources of the service itself, and nothing inline. */
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

/** Shows `/openapi.json` as a page on which people can try calls. Mount it at `/docs`. */
export function apiDocs(): Router {
  const routes = Router();
  routes.use(contentSecurity);
  routes.get('/', (_request, response) => void response.type('html').send(PAGE));
  routes.get('/start.js', (_request, response) => void response.type('text/javascript').send(START));
  for (const [path, url] of Object.entries(FILES)) {
    const file = fileURLToPath(url);
    // Without a root, a checkout in a directory whose name begins with a dot would count as a hidden file.
    const options = { root: dirname(file), maxAge: '1d' };
    routes.get(path, (_request, response) => response.sendFile(basename(file), options));
  }
  return routes;
}

const contentSecurity: RequestHandler = (_request, response, next) => {
  response.set('content-security-policy', CONTENT_SECURITY);
  next();
};
