import type { RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

/** A path that is served, with the methods that it accepts. */
interface Served {
  path: RegExp;
  methods: string[];
}

/**
 * Responds with 405 and `Allow` if a path is served, but not with this method. Responds to OPTIONS with only `Allow`. Use it
 * before all routes, because a router of Express knows only its own methods.
 * https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
 * @param calls method and path in OpenAPI's form: `GET /orders/{id}`
 */
export function answerOtherMethods(calls: readonly string[]): RequestHandler {
  const served = calls.map(toServed);
  return ({ method, path }, response, next) => {
    const methods = new Set(served.filter((one) => one.path.test(path)).flatMap((one) => one.methods));
    if (methods.size === 0 || methods.has(method)) return next();
    const allowed = [...methods, 'OPTIONS'].join(', ');
    response.set('allow', allowed);
    if (method === 'OPTIONS') return void response.status(204).end();
    throw new HttpProblem(405, `${path} takes no ${method}. Expected ${allowed}.`);
  };
}

function toServed(call: string): Served {
  const [method = '', path = ''] = call.split(' ');
  const pattern = path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+');
  // Express matches paths in the same way: in any case, and with or without a trailing slash.
  return { path: new RegExp(`^${pattern}/?$`, 'i'), methods: method === 'GET' ? ['GET', 'HEAD'] : [method] };
}
