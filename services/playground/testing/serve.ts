import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** Starts a server for one test, in place of a service. Returns its URL. */
export async function serve(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = await listen((request, response) => void answer(request, response));
  t.after(() => cutServer(server));
  return urlOf(server);
}
