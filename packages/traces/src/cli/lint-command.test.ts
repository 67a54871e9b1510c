import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { ruleIds, type Finding } from '../lint/finding.ts';
import type { LintSummary } from '../lint/lint.ts';
import { traces } from '../testing/command.ts';
import { serve, unknownTrace } from '../testing/http.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
const message = attributes({
  'messaging.system': 'kafka',
  'messaging.destination.name': 'parcels',
  'messaging.message.id': 'secret-17',
});
const group = (service: string, ...spans: object[]) => ({
  resource: { attributes: attributes({ 'service.name': service }) },
  scopeSpans: [{ spans }],
});
const times = (ms: number) => ({
  startTimeUnixNano: `${1_700_000_000_000 + ms}000000`,
  endTimeUnixNano: `${1_700_000_000_005 + ms}000000`,
});
const shop = group(
  'shop',
  { traceId: A, spanId: '1'.padStart(16, '0'), name: 'POST /parcels', kind: 2, ...times(0) },
  {
    traceId: A,
    spanId: '2'.padStart(16, '0'),
    parentSpanId: '1'.padStart(16, '0'),
    name: 'send parcels',
    kind: 4,
    attributes: message,
    ...times(1),
  },
);
const mail = (traceId: string, more: object = {}) =>
  group('mail', {
    traceId,
    spanId: '5'.padStart(16, '0'),
    name: 'process parcels',
    kind: 5,
    attributes: message,
    ...times(20),
    ...more,
  });
/** Returns a span that links to a trace, and is itself in another trace. */
const linkingTo = (traceId: string) =>
  group('till', {
    traceId: `d${traceId.slice(1)}`,
    spanId: '7'.padStart(16, '0'),
    name: 'task',
    kind: 1,
    links: [{ traceId, spanId: '2'.padStart(16, '0') }],
    ...times(0),
  });
const lost = { resourceSpans: [shop, mail(B)] };
const joined = { resourceSpans: [shop, mail(A, { parentSpanId: '2'.padStart(16, '0') })] };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'));
});
after(() => rm(folder, { recursive: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Report {
  findings: Finding[];
  summary: LintSummary;
}

test('a break ends with 1, is drawn, and says what mends it', async () => {
  const { code, out, error } = await traces.lint('--file', await file('lost.json', lost));
  assert.deepEqual([code, error], [1, '']);
  assert.match(
    out,
    /^error lost-context \(certain\): shop PRODUCER send parcels → mail CONSUMER process parcels$/m,
  );
  assert.match(
    out,
    /● POST \/parcels {2}shop SERVER\n +└ send parcels {2}shop PRODUCER ✗✗✗ ● process parcels {2}mail CONSUMER/,
  );
  assert.match(out, /Fix it: Inject the context/);
  assert.match(out, /traces lint --explain lost-context/);
  assert.match(out, /^3 spans in 2 traces of 2 services: 1 error\.$/m);
  assert.match(out, /^mail: Instrumentation Score 89\.5 \(Good\), fails RES-001$/m);
});

test('a trace that is whole ends with 0', async () => {
  const { code, out } = await traces.lint(
    '--file',
    await file('joined.json', joined),
    '--width',
    '80',
    '--ascii',
  );
  assert.equal(code, 0);
  assert.match(out, /no findings/);
});

test('the JSON has the findings with their hop and a summary', async () => {
  const { out } = await traces.lint('--file', await file('lost.json', lost), '--format', 'json');
  const { findings, summary } = JSON.parse(out) as Report;
  assert.equal(findings.length, 1);
  const { evidence, ...finding } = findings[0] ?? assert.fail();
  assert.deepEqual(finding, {
    rule: 'lost-context',
    severity: 'error',
    certainty: 'certain',
    from: { service: 'shop', kind: 'PRODUCER', name: 'send parcels', traceId: A, spanId: '0000000000000002' },
    to: {
      service: 'mail',
      kind: 'CONSUMER',
      name: 'process parcels',
      traceId: B,
      spanId: '0000000000000005',
    },
    page: 'docs/reference/lint-rules.md#lost-context',
  });
  assert.ok(evidence.length > 0);
  assert.deepEqual([summary.spans, summary.traces, summary.byRule], [3, 2, { 'lost-context': 1 }]);
  assert.doesNotMatch(out, /secret-17/);
  const shown = await traces.lint(
    '--file',
    await file('lost.json', lost),
    '--format',
    'json',
    '--show-values',
  );
  assert.match(shown.out, /secret-17/);
});

test('SARIF, JUnit and Markdown hold the finding', async () => {
  const path = await file('lost.json', lost);
  const { out: sarif } = await traces.lint('--file', path, '--format', 'sarif');
  const { runs } = JSON.parse(sarif) as {
    runs: { tool: { driver: { rules: object[] } }; results: { ruleId: string; level: string }[] }[];
  };
  assert.equal(runs[0]?.tool.driver.rules.length, ruleIds.length);
  assert.deepEqual(
    runs[0]?.results.map(({ ruleId, level }) => [ruleId, level]),
    [['lost-context', 'error']],
  );
  const { out: junit } = await traces.lint('--file', path, '--format', 'junit');
  assert.match(junit, new RegExp(`<testsuites tests="${ruleIds.length}" failures="1"`));
  assert.match(
    junit,
    /name="lost-context"><failure message="error, certain: shop PRODUCER send parcels → mail/,
  );
  const { out: markdown } = await traces.lint('--file', path, '--format', 'markdown');
  assert.match(
    markdown,
    /^\| error \| \[lost-context\]\(.+\) \| certain \| shop PRODUCER send parcels → mail/m,
  );
});

test('names of spans are not markup in any format', async () => {
  const evil = mail(B, { name: 'process <b>|\u001B[31m*x*' });
  const path = await file('evil.json', { resourceSpans: [shop, evil] });
  const shown = async (format: string) => (await traces.lint('--file', path, '--format', format)).out;
  for (const format of ['text', 'junit', 'markdown'])
    assert.ok(!(await shown(format)).includes('\u001B'), format);
  assert.doesNotMatch(await shown('junit'), /<b>/);
  assert.doesNotMatch(await shown('markdown'), /<b>\||[^\\]\*x/);
});

test('what could not be read is in every format', async () => {
  const path = await file('torn.jsonl', `${JSON.stringify(joined)}\n{"resourceSp`);
  const { code, out: junit } = await traces.lint('--file', path, '--format', 'junit');
  assert.equal(code, 2);
  assert.match(junit, new RegExp(`<testsuites tests="${ruleIds.length + 1}" failures="0" errors="1">`));
  assert.match(junit, /name="read"><error message="[^"]+torn\.jsonl:2: not JSON/);
  const { out: sarif } = await traces.lint('--file', path, '--format', 'sarif');
  const [invocation] =
    (JSON.parse(sarif) as { runs: { invocations: { executionSuccessful: boolean }[] }[] }).runs[0]
      ?.invocations ?? [];
  assert.equal(invocation?.executionSuccessful, false);
  assert.match(sarif, /"text": "[^"]+torn\.jsonl:2: not JSON/);
  for (const format of ['json', 'markdown', 'text'])
    assert.match(
      (await traces.lint('--file', path, '--format', format)).out,
      /torn.{0,2}\.jsonl:2: not JSON/,
    );
});

test('names of services and texts of files hold no control characters', async () => {
  const group = { ...mail(A), resource: { attributes: attributes({ 'service.name': 'ma\u009B31mil' }) } };
  const path = await file('service.jsonl', `${JSON.stringify({ resourceSpans: [shop, group] })}\n\u009B31m`);
  const { out, error } = await traces.lint('--file', path);
  assert.match(out, /ma·31mil/);
  assert.doesNotMatch(out + error, /\u009B/);
});

test('a service without a span is named', async () => {
  const path = await file('lost.json', lost);
  const { code, out } = await traces.lint('--file', path, '--service', 'bank');
  assert.equal(code, 0);
  assert.match(out, /No span of the service bank was read\./);
  assert.doesNotMatch((await traces.lint('--file', path, '--service', 'mail')).out, /No span of/);
});

test('without a span there is no verdict', async () => {
  const { code, error } = await traces.lint('--file', await file('none.json', {}));
  assert.deepEqual(
    [code, error.replace(folder, '')],
    [2, '/none.json: no span was read. Expected at least one.'],
  );
});

test('settings decide what fails, from the command and from a file', async () => {
  const path = await file('lost.json', lost);
  const code = async (...more: string[]) => (await traces.lint('--file', path, ...more)).code;
  assert.equal(await code('--fail-on', 'never'), 0);
  assert.equal(await code('--rules', 'orphan,clock'), 0);
  assert.equal(await code('--service', 'bank'), 0);
  assert.equal(await code('--service', 'mail'), 1);
  assert.equal(await code('--ignore', 'lost-context=it is known'), 0);
  assert.equal(await code('--ignore', 'lost-context@mail *=it is known'), 0);
  assert.equal(await code('--ignore', 'lost-context@bank *=it is known'), 1);
  const warn = await file('warn.yaml', 'severities: { lost-context: warning }\n');
  assert.equal(await code('--config', warn), 0);
  assert.equal(await code('--config', warn, '--fail-on', 'warning'), 1);
  const known = await file('known.yaml', 'ignore: [{ rule: lost-context, reason: mail is rewritten }]\n');
  const { out } = await traces.lint('--file', path, '--config', known);
  assert.match(out, /1 finding ignored: mail is rewritten/);
});

test('what is not understood ends with 2 and says what is', async () => {
  const path = await file('lost.json', lost);
  for (const [args, message] of [
    [[], /Give one of --jaeger URL/],
    [['--file', path, '--jaeger', 'http://127.0.0.1:1'], /Give one of/],
    [['--file', path, '--format', 'html'], /--format html: expected text, json/],
    [['--file', path, '--rules', 'orphans'], /--rules: got "orphans"\. Expected one of/],
    [['--file', path, '--ignore', 'orphan'], /--ignore: got "orphan"\. Expected a rule with the reason/],
    [['--file', path, '--fail-on', 'fatal'], /--fail-on: got "fatal"/],
    [['--file', path, '--clock', 'soon'], /--clock: got "soon"/],
    [['--explain', 'orphans'], /--explain: got "orphans"/],
    [['--jaeger', 'http://u:pw@127.0.0.1:1', '--limit', '0'], /--limit: got "0"/],
    [['--jaeger', '://u:pw@h'], /--jaeger :\/\/…@h: expected a URL/],
    [['--jaeger', 'http://127.0.0.1:1', '--header', 'x'], /--header: Expected a name and a text/],
    [['--file', path, '--config', join(folder, 'absent.yaml')], /Failed to read the settings of .+absent/],
  ] as const) {
    const { code, out, error } = await traces.lint(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(error, message);
  }
});

test('what can not be read ends with 2, and the rest is looked at', async () => {
  const path = await file('half.jsonl', `${JSON.stringify(lost)}\n{"resourceSpans":[{"sco`);
  const { code, out, error } = await traces.lint('--file', path, '--format', 'json');
  assert.equal(code, 2);
  assert.match(error, /half\.jsonl:2: not JSON/);
  const { findings, summary } = JSON.parse(out) as Report;
  assert.equal(findings.length, 1);
  assert.equal(summary.unreadable.length, 1);
  const none = await traces.lint('--file', join(folder, 'absent.json'));
  assert.equal(none.code, 2);
  assert.match(none.error, /absent\.json: ENOENT/);
});

test('several files are one system, and one may come on standard input', async () => {
  const [one, other] = [await file('shop.json', { resourceSpans: [shop] }), { resourceSpans: [mail(B)] }];
  const { code } = await traces.lint('--file', one, '--file', await file('mail.json', other));
  assert.equal(code, 1);
  const cli = join(import.meta.dirname, '..', 'cli.ts');
  const args = [cli, 'lint', '--file', one, '--file', '-'];
  const { status, stdout } = spawnSync(process.execPath, args, {
    input: JSON.stringify(other),
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stdout, /error lost-context/);
});

test('a rule is explained by itself', async () => {
  for (const rule of ruleIds) {
    const { code, out } = await traces.lint('--explain', rule);
    assert.equal(code, 0);
    assert.match(
      out,
      new RegExp(`^${rule} \\(\\w+\\)\n\n.+Fix it: .+What it cannot know: .+Page: docs/.+#${rule}$`, 's'),
    );
  }
});

test('Jaeger is asked by the names that it knows, for every service, as it was stored', async (t) => {
  for (const [required, raw] of [
    ['query.startTimeMin', 'query.rawTraces=true'],
    ['query.start_time_min', 'query.raw_traces=true'],
  ] as const) {
    const asked: string[] = [];
    const url = await serve(t, (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      if (request.headers['x-team'] !== 'mail') response.writeHead(401).end('no');
      else if (pathname === '/api/v3/services') response.end('{"services":["shop","mail"]}');
      else if (pathname !== '/api/v3/traces') response.writeHead(404).end(unknownTrace);
      else if (searchParams.get(required) === null)
        response.writeHead(400).end(`{"error":{"httpCode":400,"message":"${required} is required"}}`);
      else {
        asked.push(request.url ?? '');
        response.end(JSON.stringify({ result: lost }));
      }
    });
    const args = ['--jaeger', url, '--format', 'json', '--header', 'X-Team: mail'];
    const { code, out, error } = await traces.lint(
      ...args,
      '--service',
      'mail',
      '--lookback',
      '10m',
      '--limit',
      '7',
    );
    assert.deepEqual([code, error], [1, '']);
    const { findings, summary } = JSON.parse(out) as Report;
    // Both searches return the same traces.
    assert.deepEqual([findings.length, summary.spans], [1, 3]);
    assert.equal(asked.length, 2);
    assert.ok(asked.every((each) => each.includes(raw) && each.includes('=7')));
    assert.deepEqual(summary.notes, []);
    const limited = await traces.lint(...args, '--limit', '2');
    const { notes } = (JSON.parse(limited.out) as Report).summary;
    assert.match(notes.join(), /^Of the service shop, only the last 2 traces were read\. There may be more/);
    const refused = await traces.lint('--jaeger', url);
    assert.equal(refused.code, 2);
    assert.match(refused.error, /got 401 with "no"\. Expected access: set TRACES_TOKEN/);
  }
});

test('a trace that is linked to is read, however old', async (t) => {
  const C = 'c'.repeat(32);
  const later = mail(C, { links: [{ traceId: A, spanId: '2'.padStart(16, '0') }] });
  const url = await serve(t, (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["mail"]}');
    else if (request.url?.startsWith('/api/v3/traces?'))
      response.end(JSON.stringify({ result: { resourceSpans: [later] } }));
    else if (request.url?.startsWith(`/api/v3/traces/${A}?rawTraces=true`))
      response.end(JSON.stringify({ result: { resourceSpans: [shop] } }));
    else response.writeHead(404).end(unknownTrace);
  });
  const { code, out } = await traces.lint('--jaeger', url, '--format', 'json');
  const { findings, summary } = JSON.parse(out) as Report;
  assert.deepEqual([code, findings, summary.traces], [0, [], 2]);
});

test('a server that is not Jaeger ends with 2', async (t) => {
  const url = await serve(t, (_request, response) => response.end('<html>'));
  const { code, error } = await traces.lint('--jaeger', url);
  assert.equal(code, 2);
  assert.match(error, /got "<html>"\. Expected Jaeger's list of services/);
  assert.equal((await traces.lint('--jaeger', 'http://127.0.0.1:1')).code, 2);
});

test('the token of the environment is sent, and a Tempo is read', async (t) => {
  process.env['TRACES_TOKEN'] = 'let-me-in';
  t.after(() => delete process.env['TRACES_TOKEN']);
  const url = await serve(t, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (request.headers.authorization !== 'Bearer let-me-in') response.writeHead(403).end();
    else if (pathname === '/api/search' && searchParams.get('q') === '{}')
      response.end(JSON.stringify({ traces: [{ traceID: A }, { traceID: B }] }));
    else if (pathname === `/api/v2/traces/${A}`)
      response.end(JSON.stringify({ trace: { resourceSpans: [shop] } }));
    else response.end(JSON.stringify({ trace: { resourceSpans: [mail(B)] } }));
  });
  const { code, out } = await traces.lint('--tempo', url, '--format', 'json');
  assert.equal(code, 1, out);
  assert.equal((JSON.parse(out) as Report).findings[0]?.rule, 'lost-context');
});

/** How a server's response can fail, and the error that is expected. The server still responds to the other requests. */
const failures: Record<string, [(response: ServerResponse) => void, RegExp]> = {
  'is refused': [(response) => response.writeHead(500).end('boom'), /got 500 with "boom"\. Expected 200/],
  'is cut off': [
    (response) => {
      response.writeHead(200, { 'content-length': 900 });
      response.write('{"resu', () => response.destroy());
    },
    /the answer ended too early \(aborted\)/,
  ],
};

for (const [how, [fail, expected]] of Object.entries(failures)) {
  test(`if one answer ${how}, the others are looked at`, async (t) => {
    const C = 'c'.repeat(32);
    const answers: Record<string, object> = {
      '/api/v3/services': { services: ['bank', 'shop'] },
      '/api/v3/traces?query.serviceName=shop': { result: lost },
      '/api/search': { traces: [{ traceID: C }, { traceID: A }] },
      [`/api/v2/traces/${A}`]: { trace: lost },
    };
    const url = await serve(t, (request, response) => {
      const found = Object.keys(answers).find((path) => request.url?.startsWith(path));
      if (found === undefined) fail(response);
      else response.end(JSON.stringify(answers[found]));
    });
    for (const store of ['--jaeger', '--tempo']) {
      const { code, out, error } = await traces.lint(store, url, '--format', 'json');
      assert.deepEqual([code, (JSON.parse(out) as Report).findings[0]?.rule], [2, 'lost-context']);
      assert.match(error, expected);
    }
  });
}

test('if the server goes away, what it sent is looked at', async (t) => {
  const result = { resourceSpans: [...lost.resourceSpans, linkingTo('c'.repeat(32))] };
  const url = await serve(t, (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["shop","bank"]}');
    else if (request.url?.includes('=shop')) response.end(JSON.stringify({ result }));
    else request.socket.destroy();
  });
  const { code, out, error } = await traces.lint('--jaeger', url, '--format', 'json');
  const rules = (JSON.parse(out) as Report).findings.map(({ rule }) => rule);
  assert.deepEqual([code, rules], [2, ['lost-context']]);
  assert.match(error, /^The server: Failed to read .*serviceName=bank/);
});

test('a link to an unread trace is not reported', async (t) => {
  const ids = Array.from({ length: 202 }, (_, index) => `${index}`.padStart(32, 'c'));
  const url = await serve(t, (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["shop"]}');
    else if (request.url?.includes('=shop'))
      response.end(JSON.stringify({ result: { resourceSpans: ids.map((id) => linkingTo(id)) } }));
    else response.writeHead(404).end(unknownTrace);
  });
  const { code, out } = await traces.lint('--jaeger', url, '--format', 'json');
  const { findings, summary } = JSON.parse(out) as Report;
  assert.deepEqual([code, findings.length], [0, 200]);
  assert.deepEqual(summary.notes, ['Of 202 older traces that are linked to, only 200 were read.']);
});

/** Starts a Tempo with 30 traces. It returns a trace for the first `good` requests, and then fails with `status`. */
async function failingTempo(t: TestContext, status: number, good: number) {
  const asked: string[] = [];
  const found = Array.from({ length: 30 }, (_, index) => ({ traceID: `${index}`.padStart(32, '1') }));
  const url = await serve(t, (request, response) => {
    if (request.url?.startsWith('/api/search')) response.end(JSON.stringify({ traces: found }));
    else if (asked.push(request.url ?? '') <= good) response.end(JSON.stringify({ trace: lost }));
    else response.writeHead(status).end('boom');
  });
  return { url, asked };
}

test('a server that goes on failing is not asked for all', async (t) => {
  for (const [status, requests, expected] of [
    [500, 7, /The server: .+Nothing more was read after 5 such answers in a row\.$/],
    [401, 3, /^The server: Failed to read .+got 401 with "boom"\. Expected access: .+$/],
    [429, 3, /^The server: Failed to read .+got 429 with "boom"\. Expected 200\.$/],
  ] as const) {
    const { url, asked } = await failingTempo(t, status, 2);
    const { code, out, error } = await traces.lint('--tempo', url, '--format', 'json');
    assert.deepEqual([code, (JSON.parse(out) as Report).findings[0]?.rule], [2, 'lost-context']);
    assert.equal(asked.length, requests);
    assert.match(error, expected);
  }
});

test('a server that gives no trace leaves no report', async (t) => {
  const refused = await failingTempo(t, 404, 0);
  const { code, out } = await traces.lint('--tempo', refused.url, '--limit', '30');
  assert.deepEqual([code, out], [2, '']);
  const url = await serve(t, (request, response) => {
    if (request.url?.startsWith('/api/search')) response.end(JSON.stringify({ traces: [{ traceID: A }] }));
    else response.writeHead(500).end('boom');
  });
  const one = await traces.lint('--tempo', url);
  assert.deepEqual([one.code, one.out], [2, '']);
  assert.match(one.error, /got 500 with "boom"/);
});

test('what is in a trace that a server failed to give is not known', async (t) => {
  const linking = mail(B, { links: [{ traceId: A, spanId: '2'.padStart(16, '0') }] });
  const url = await serve(t, (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x');
    if (pathname === '/api/v3/services') response.end('{"services":["mail"]}');
    else if (pathname === '/api/search')
      response.end(JSON.stringify({ traces: [{ traceID: A }, { traceID: B }] }));
    else if (pathname.endsWith(A)) response.writeHead(500).end('boom');
    else response.end(JSON.stringify({ trace: { resourceSpans: [linking] } }));
  });
  for (const store of ['--jaeger', '--tempo']) {
    const { code, out, error } = await traces.lint(store, url, '--format', 'json');
    assert.deepEqual([code, (JSON.parse(out) as Report).findings], [2, []]);
    assert.match(error, /got 500 with "boom"/);
  }
});

test('a Tempo that has no trace, or more than were asked for, is told apart', async (t) => {
  let found: object = { metrics: { inspectedTraces: 7 } };
  const url = await serve(t, (request, response) => {
    response.end(JSON.stringify(request.url?.startsWith('/api/search') ? found : { trace: joined }));
  });
  assert.match((await traces.lint('--tempo', url)).error, /no span was read/);
  found = { traces: [{ traceID: A }] };
  assert.doesNotMatch((await traces.lint('--tempo', url)).out, /there may be more/);
  assert.match((await traces.lint('--tempo', url, '--limit', '1')).out, /^Only 1 traces were read\. There/m);
  found = { metrics: { x: 1 }, error: 'no such route' };
  assert.match(
    (await traces.lint('--tempo', url)).error,
    /Expected Tempo's search results\. Use the address/,
  );
});
