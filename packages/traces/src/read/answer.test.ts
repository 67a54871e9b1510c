import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { traces } from '../testing/command.ts';
import { file } from '../testing/folder.ts';
import { answerWith, serve, spanOf, unknownTrace } from '../testing/http.ts';
import { traceId } from '../testing/spans.ts';

const page = '<!doctype html>\n<title>Sign in</title>';
const trace = answerWith([spanOf('a', 1)]);
const send =
  (status: number, body: string, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

/** All kinds of responses, each with the output and exit code of the command, and whether the command waits for a better response. */
const answers: Record<
  string,
  { answer: (response: ServerResponse) => void; code: 0 | 1 | 2; says: RegExp; waits?: boolean }
> = {
  'a trace': { answer: send(200, trace), code: 0, says: /As expected: 1 spans/ },
  'a trace in two pieces': {
    answer: send(200, `${trace}\n${trace}`),
    code: 0,
    says: /As expected: 1 spans/,
  },
  'a trace with a byte-order mark': { answer: send(200, `\uFEFF${trace}`), code: 0, says: /As expected/ },
  'an unknown trace': { answer: send(404, unknownTrace), code: 1, says: /is not there/, waits: true },
  'a page that is not there': {
    answer: send(404, '404 page not found\n'),
    code: 2,
    says: /no Jaeger query API there.+got 404 with "404 page not found"\. Expected the JSON of Jaeger; its address/,
  },
  'JSON that is not there': {
    answer: send(404, '{"error":"x"}'),
    code: 2,
    says: /no Jaeger query API there/,
  },
  'an error of another API': {
    answer: send(404, '{"error":{"code":404,"message":"not found"}}'),
    code: 2,
    says: /no Jaeger query API there/,
  },
  'an empty 404': { answer: send(404, ''), code: 2, says: /no Jaeger.+got 404 with an empty body/ },
  'a page': {
    answer: send(200, page),
    code: 2,
    says: /no Jaeger.+got 200 with "<!doctype html> <title>Sign/,
  },
  'JSON of something else': { answer: send(200, '{"status":"ok"}'), code: 2, says: /no Jaeger.+status/ },
  'an empty object': { answer: send(200, '{}'), code: 2, says: /no Jaeger query API there/ },
  'a list': { answer: send(200, '[]'), code: 2, says: /no Jaeger query API there/ },
  'another method only': { answer: send(405, 'POST only'), code: 2, says: /no Jaeger.+got 405/ },
  'a redirect to a page': {
    answer: (response) =>
      response.req.url === '/login'
        ? send(200, page)(response)
        : send(301, '', { location: '/login' })(response),
    code: 2,
    says: /no Jaeger.+got 200 after a redirect to http:\/\/127/,
  },
  'a redirect to nowhere': { answer: send(301, ''), code: 2, says: /no Jaeger.+got 301 with an empty body/ },
  'a redirect to itself': {
    answer: (response) => send(302, '', { location: response.req.url })(response),
    code: 2,
    says: /no answer \(redirect count exceeded\)/,
    waits: true,
  },
  'no entry without a login': { answer: send(401, page), code: 2, says: /got 401.+USER:PASSWORD@HOST/ },
  'no entry': { answer: send(403, ''), code: 2, says: /got 403.+USER:PASSWORD@HOST/ },
  'a refusal of Jaeger': {
    answer: send(400, '{"error":{"httpCode":400,"message":"malformed"}}'),
    code: 2,
    says: /got 400.+malformed/,
    waits: true,
  },
  'too many requests': { answer: send(429, 'slow down'), code: 2, says: /got 429.+slow down/, waits: true },
  'a broken server': { answer: send(500, 'boom'), code: 2, says: /got 500 with "boom"/, waits: true },
  'a gateway without Jaeger': { answer: send(502, page), code: 2, says: /got 502/, waits: true },
  'an empty answer': { answer: send(200, ''), code: 2, says: /got 200 with an empty body/, waits: true },
  'half a trace': {
    answer: send(200, trace.slice(0, -4)),
    code: 2,
    says: /Expected the JSON of a trace, whole \(line 1: /,
    waits: true,
  },
  'a connection that is cut': {
    answer: (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"result":', () => response.destroy());
    },
    code: 2,
    says: /no answer \(.+\)\. Expected a Jaeger query API/,
    waits: true,
  },
  'a trace that ends in an error': {
    answer: send(200, `${trace}\n{"error":{"httpCode":500,"message":"disk full"}}`),
    code: 2,
    says: /got 200.+disk full/,
    waits: true,
  },
  'terminal escapes': { answer: send(404, '\u001b[2Jgone'), code: 2, says: /got 404 with "·\[2Jgone"/ },
};

const tree = await file('tree.yaml', 'a');

for (const [name, { answer, code, says, waits = false }] of Object.entries(answers)) {
  test(`${name} ends with ${code}${waits ? ' after the wait' : ''}`, async (t) => {
    let reads = 0;
    const listener: RequestListener = (_request, response) => {
      reads += 1;
      answer(response);
    };
    const args = ['--jaeger', await serve(t, listener), '--trace', traceId, '--expect', tree];
    const once = await traces.assert(...args);
    assert.match(once.out + once.error, says);
    assert.equal(once.code, code);
    const readOnce = reads;
    const waited = await traces.assert(...args, '--wait', code === 0 ? '5s' : '200ms');
    assert.equal(waited.code, code);
    // A trace that is as expected is read until two reads are the same.
    assert.equal(reads > 2 * readOnce, waits || code === 0, `${reads - readOnce} reads`);
  });
}
