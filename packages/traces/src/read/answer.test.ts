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

/** All kinds of responses, each with the exit code and the output of the command, and whether it waits for a better response. */
const answers: readonly [
  name: string,
  answer: (response: ServerResponse) => void,
  code: 0 | 1 | 2,
  says: RegExp,
  waits?: 'waits',
][] = [
  ['a trace', send(200, trace), 0, /As expected: 1 spans/],
  ['a trace in two pieces', send(200, `${trace}\n${trace}`), 0, /As expected: 1 spans/],
  ['a trace with a byte-order mark', send(200, `\uFEFF${trace}`), 0, /As expected/],
  ['an unknown trace', send(404, unknownTrace), 1, /is not there/, 'waits'],
  [
    'a page that is not there',
    send(404, '404 page not found\n'),
    2,
    /no Jaeger query API there.+got 404 with "404 page not found"\. Expected the JSON of Jaeger; its address/,
  ],
  ['JSON that is not there', send(404, '{"error":"x"}'), 2, /no Jaeger query API there/],
  [
    'an error of another API',
    send(404, '{"error":{"code":404,"message":"not found"}}'),
    2,
    /no Jaeger query API there/,
  ],
  ['an empty 404', send(404, ''), 2, /no Jaeger.+got 404 with an empty body/],
  ['a page', send(200, page), 2, /no Jaeger.+got 200 with "<!doctype html> <title>Sign/],
  ['JSON of something else', send(200, '{"status":"ok"}'), 2, /no Jaeger.+status/],
  ['an empty object', send(200, '{}'), 2, /no Jaeger query API there/],
  ['a list', send(200, '[]'), 2, /no Jaeger query API there/],
  ['another method only', send(405, 'POST only'), 2, /no Jaeger.+got 405/],
  [
    'a redirect to a page',
    (response) =>
      (response.req.url === '/login' ? send(200, page) : send(301, '', { location: '/login' }))(response),
    2,
    /no Jaeger.+got 200 after a redirect to http:\/\/127/,
  ],
  ['a redirect to nowhere', send(301, ''), 2, /no Jaeger.+got 301 with an empty body/],
  [
    'a redirect to itself',
    (response) => send(302, '', { location: response.req.url })(response),
    2,
    /no answer \(redirect count exceeded\)/,
    'waits',
  ],
  ['no entry without a login', send(401, page), 2, /got 401.+USER:PASSWORD@HOST/],
  ['no entry', send(403, ''), 2, /got 403.+USER:PASSWORD@HOST/],
  [
    'a refusal of Jaeger',
    send(400, '{"error":{"httpCode":400,"message":"malformed"}}'),
    2,
    /got 400.+malformed/,
    'waits',
  ],
  ['too many requests', send(429, 'slow down'), 2, /got 429.+slow down/, 'waits'],
  ['a broken server', send(500, 'boom'), 2, /got 500 with "boom"/, 'waits'],
  ['a gateway without Jaeger', send(502, page), 2, /got 502/, 'waits'],
  ['an empty answer', send(200, ''), 2, /got 200 with an empty body/, 'waits'],
  ['half a trace', send(200, trace.slice(0, -4)), 2, /JSON of a trace, whole \(line 1: /, 'waits'],
  [
    'a connection that is cut',
    (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"result":', () => response.destroy());
    },
    2,
    /no answer \(.+\)\. Expected a Jaeger query API/,
    'waits',
  ],
  [
    'a trace that ends in an error',
    send(200, `${trace}\n{"error":{"httpCode":500,"message":"disk full"}}`),
    2,
    /got 200.+disk full/,
    'waits',
  ],
  ['terminal escapes', send(404, '\u001b[2Jgone'), 2, /got 404 with "·\[2Jgone"/],
];

const tree = await file('tree.yaml', 'a');

for (const [name, answer, code, says, waits] of answers) {
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
    const waited = await traces.assert(...args, '--wait', code === 0 ? '5s' : '500ms');
    assert.equal(waited.code, code);
    // A trace that is as expected is read until two reads are the same.
    assert.equal(reads > 2 * readOnce, waits !== undefined || code === 0, `${reads - readOnce} reads`);
  });
}
