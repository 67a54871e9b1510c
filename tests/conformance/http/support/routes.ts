import type { Express } from 'express';

/** What Express 5 keeps of a route or of a router that was mounted; https://github.com/pillarjs/router. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/**
 * The calls that an application serves, as OpenAPI writes them: its own, and those of the router of the service. The files of
 * pages are in routers below that one and are not looked at.
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
