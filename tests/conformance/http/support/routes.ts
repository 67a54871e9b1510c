import type { Express } from 'express';

/** A route or mounted router, as Express 5 stores it. See https://github.com/pillarjs/router. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/**
 * Returns the operations that an application serves, as OpenAPI writes them: its own, and those of the service's router. Files of pages are
 * in routers below that one, and are left out.
 */
export function routesOf(app: Express): string[] {
  const own = layersOf(app.router);
  const services = own.flatMap((layer) => layer.handle.stack ?? []);
  return [...own, ...services].flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => callOf(method, route.path)) : [],
  );
}

const layersOf = (router: unknown): Layer[] => (router as { stack: Layer[] }).stack;

function callOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}
