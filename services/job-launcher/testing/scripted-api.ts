import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { KubeConfig } from '@kubernetes/client-node';
import { connectKubernetes } from '../kubernetes.ts';

/** One response of the API server. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const json =
  (status: number, body: object, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));

/** An error response in the API server's format. */
export const refusal = (code: number, reason: string, message = reason, headers = {}): Answer =>
  json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }, headers);

/** Closes the connection instead of responding. */
export const hangUp: Answer = (request) => void request.socket.destroy();

/** Accepts the request and never responds. */
export const silence: Answer = () => {};

/** Starts an API server that gives the responses in order, repeats the last one, and records the requests. */
export async function scriptedApi(...answers: Answer[]) {
  const asked: string[] = [];
  const server = await listen((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} ${request.url}`);
    answer?.(request, response);
  });
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'scripted', server: urlOf(server), skipTLSVerify: true },
    { name: 'another' },
  );
  return {
    kubernetes: connectKubernetes(config),
    asked,
    [Symbol.asyncDispose]: () => cutServer(server),
  };
}
