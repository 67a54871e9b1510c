import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { KubeConfig } from '@kubernetes/client-node';
import { connectKubernetes } from '../kubernetes.ts';

/** One answer of the API server. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const json =
  (status: number, body: object, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));

/** A refusal as the API server words it. */
export const refusal = (code: number, reason: string, message = reason, headers = {}): Answer =>
  json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }, headers);

/** Ends the connection instead of an answer. */
export const hangUp: Answer = (request) => void request.socket.destroy();

/** Takes the request and says nothing. */
export const silence: Answer = () => {};

/** An API server that gives the answers in order, the last one again and again, and notes what it was asked. */
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
