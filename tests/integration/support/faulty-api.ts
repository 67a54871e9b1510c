import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** What becomes of one request on its way to the API server. */
export type Passage = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

export interface Faults {
  list?: Passage;
  watch?: Passage;
}

export interface FaultyApi {
  url: string;
  /** What the passages are from now on; none lets all through. */
  faults: Faults;
  asked: { list: number; watch: number };
  close(): Promise<void>;
}

/** An API server behind a proxy that does to lists and watches what a test says. */
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

/** Passes an answer on line by line: of a watch, a line is a change. */
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

/** A refusal as the API server words it. */
export const refuse =
  (code: number, headers: Record<string, string> = {}): Passage =>
  (_request, response) =>
    response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ kind: 'Status', status: 'Failure', code, message: `refused with ${code}` }));

export const reset: Passage = (request) => request.socket.destroy();

/** Takes the request and gives no answer. */
export const hang: Passage = () => {};

/** Answers, and lets nothing of the stream through. */
export const fallSilent: Passage = (_request, response) => response.writeHead(200).flushHeaders();

/** Collects the stream and passes it on when it ends. */
export const holdBack: Passage = async (_request, response, url) => {
  const answer = await fetch(url);
  response.writeHead(answer.status).end(await answer.text());
};

export const answer =
  (text: string): Passage =>
  (_request, response) =>
    response.writeHead(200).end(text);
