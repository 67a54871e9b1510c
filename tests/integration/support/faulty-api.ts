import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** Handles one request on its way to the API server. */
export type Passage = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

export interface Faults {
  list?: Passage;
  watch?: Passage;
}

export interface FaultyApi {
  url: string;
  /** Changes take effect at once. A request without a passage goes through unchanged. */
  faults: Faults;
  asked: { list: number; watch: number };
  close(): Promise<void>;
}

/** Starts a proxy before an API server. It applies the given faults to lists and watches. */
export async function startFaultyApi(target: string, faults: Faults): Promise<FaultyApi> {
  const server = await listen((request, response) => {
    const url = new URL(request.url ?? '', target);
    const kind = url.searchParams.has('watch') ? 'watch' : 'list';
    api.asked[kind] += 1;
    void (api.faults[kind] ?? passOn)(request, response, url);
  });
  const api: FaultyApi = {
    url: urlOf(server),
    faults,
    asked: { list: 0, watch: 0 },
    close: () => cutServer(server),
  };
  return api;
}

export const passOn: Passage = (_request, response, url) => forward(response, url, (line) => line);

/** Forwards a response line by line. In a watch, each line is an event. */
export async function forward(
  response: ServerResponse,
  url: URL,
  change: (line: string) => string,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const answer = await fetch(url, { signal: gone.signal });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).flushHeaders();
    let rest = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) response.write(change(`${line}\n`));
    }
    response.end(rest && change(rest));
  } catch {
    response.destroy();
  }
}

/** Responds with an error in the format of the API server. */
export const refuse =
  (code: number, headers: Record<string, string> = {}): Passage =>
  (_request, response) =>
    response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ kind: 'Status', status: 'Failure', code, message: `refused with ${code}` }));

export const reset: Passage = (request) => request.socket.destroy();

/** Accepts the request, and never responds. */
export const hang: Passage = () => {};

/** Sends the headers of a response, and none of its events. */
export const fallSilent: Passage = (_request, response) => response.writeHead(200).flushHeaders();

/** Buffers a stream, and sends it when it ends. */
export const holdBack: Passage = async (_request, response, url) => {
  const answer = await fetch(url);
  response.writeHead(answer.status).end(await answer.text());
};

export const answer =
  (text: string): Passage =>
  (_request, response) =>
    response.writeHead(200).end(text);
