import type { RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

/** One path that is served, with the methods that it takes. */
interface Served {
  path: RegExp;
  methods: string[];
}

/**
 * Where a path is served and the method isn't, answers 405 with `Allow`, and OPTIONS with `Allow` alone. Before all routes: a router of
 * express knows only its own methods.
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
  // As express takes paths: in any case, and with a slash at the end.
  return { path: new RegExp(`^${pattern}/?$`, 'i'), methods: method === 'GET' ? ['GET', 'HEAD'] : [method] };
}
