import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startCollector } from '../testing/collector.ts';
import { warningsIn } from '../testing/warnings.ts';
import type { DeliveryError } from './delivery-error.ts';
import { createOtlpClient } from './otlp-client.ts';

const BODY = '{"resourceSpans":[]}';

function withEnv(context: TestContext, env: Record<string, string>): void {
  Object.assign(process.env, env);
  context.after(() => {
    for (const name of Object.keys(env)) delete process.env[name];
  });
}

const failure = (post: Promise<unknown>): Promise<DeliveryError> =>
  post.then(
    () => assert.fail('was delivered'),
    (error: DeliveryError) => error,
  );

test('headers of the signal win and a bad pair costs itself alone', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, {
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=one%2Ftwo,x-tenant=a,authorization=Basic 100%zz',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=b',
  });
  await createOtlpClient().post(BODY, 1_000);
  const { headers } = collector.requests[0]!;
  assert.equal(headers['api-key'], 'one/two');
  assert.equal(headers['x-tenant'], 'b');
});

test('a pair that HTTP cannot send costs itself alone', async (context) => {
  const warnings = warningsIn(context);
  const collector = await startCollector(context);
  withEnv(context, {
    OTEL_EXPORTER_OTLP_HEADERS:
      'authorization: Basic dXNlcjpzM2NyM3==,authorization=secret%0Akey,bad name=a,x-tenant=b',
  });
  const client = createOtlpClient();
  for (let run = 0; run < 2; run++) await client.post(BODY, 1_000);
  const { headers } = collector.requests[1]!;
  assert.equal(headers['x-tenant'], 'b');
  assert.equal(headers.authorization, undefined);
  assert.equal(warnings.length, 3);
  assert.match(warnings[0] ?? '', /OTEL_EXPORTER_OTLP_HEADERS has pair 1,/);
  assert.match(warnings[1] ?? '', /OTEL_EXPORTER_OTLP_HEADERS has "authorization"/);
  assert.match(warnings[2] ?? '', /OTEL_EXPORTER_OTLP_HEADERS has pair 3,/);
  assert.doesNotMatch(warnings.join(''), /secret|dXNlcjpzM2NyM3/);
});

// A percent sign in a password may encode nothing.
for (const [inUrl, credentials] of [
  ['u:p', 'u:p'],
  ['u%2F:100%zz', 'u/:100%zz'],
] as const)
  test(`credentials ${inUrl} in the endpoint become basic authentication`, async (context) => {
    const collector = await startCollector(context);
    withEnv(context, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url.replace('//', `//${inUrl}@`) });
    await createOtlpClient().post(BODY, 1_000);
    const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
    assert.equal(collector.requests[0]?.headers.authorization, expected);
  });

test('a timeout of more than a timer can wait has no effect', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, { OTEL_EXPORTER_OTLP_TIMEOUT: '9999999999' });
  const client = createOtlpClient();
  assert.equal(client.timeoutMs, 2 ** 31 - 1);
  await client.post(BODY, 9_999_999_999);
  assert.equal(collector.requests.length, 1);
});

test('requests are compressed when the variable says so', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' });
  await createOtlpClient().post(BODY, 1_000);
  assert.equal(collector.requests[0]?.headers['content-encoding'], 'gzip');
});

test('timeout is that of the signal', (context) => {
  withEnv(context, { OTEL_EXPORTER_OTLP_TIMEOUT: '7', OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '5' });
  assert.equal(createOtlpClient().timeoutMs, 5);
});

test('base endpoint gets the path of the signal', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
  await createOtlpClient().post(BODY, 1_000);
  await createOtlpClient({ signal: 'LOGS' }).post(BODY, 1_000);
  assert.deepEqual(
    collector.requests.map(({ path }) => path),
    ['/v1/traces', '/v1/logs'],
  );
});

test('traces endpoint is used as it is', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own/path` });
  await createOtlpClient().post(BODY, 1_000);
  assert.deepEqual(
    collector.requests.map(({ path }) => path),
    ['/own/path'],
  );
});

test('log lines go where their variables say', async (context) => {
  const traces = await startCollector(context);
  const logs = await startCollector(context);
  withEnv(context, {
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${logs.url}/own/path`,
    OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '5000',
  });
  const client = createOtlpClient({ signal: 'LOGS' });
  assert.equal(client.timeoutMs, 5_000);
  logs.answer((response) => response.end('{"partialSuccess":{"rejectedLogRecords":"2"}}'));
  assert.equal((await client.post(BODY, 1_000)).rejected, 2);
  assert.deepEqual([traces.requests.length, logs.requests.length], [0, 1]);
});

test('an unreadable certificate is left out', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, { OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such/file' });
  await createOtlpClient().post(BODY, 1_000);
  assert.equal(collector.requests.length, 1);
});

/** A status code, whether it is retryable, and whether it means bad data. */
const STATUSES: Array<[status: number, retryable: boolean, badData: boolean]> = [
  [400, false, true],
  [401, false, false],
  [404, false, false],
  [413, false, true],
  [429, true, false],
  [500, false, false],
  [502, true, false],
  [503, true, false],
  [504, true, false],
];
for (const [status, retryable, badData] of STATUSES) {
  test(`status ${status} is understood as OTLP has it`, async (context) => {
    const collector = await startCollector(context);
    collector.answer((response) => response.writeHead(status, { 'retry-after': '3' }).end());
    const error = await failure(createOtlpClient().post(BODY, 1_000));
    assert.deepEqual([error.retryable, error.badData, error.retryAfterMs], [retryable, badData, 3_000]);
    assert.match(error.message, new RegExp(String(status)));
  });
}

test('a server of pages accepts no spans', async (context) => {
  const collector = await startCollector(context);
  collector.answer((response) => response.end('\n<!doctype html><title>Jaeger UI</title>'));
  const error = await failure(createOtlpClient().post(BODY, 1_000));
  assert.deepEqual([error.retryable, error.badData], [false, false]);
  assert.match(error.message, /^http:\S+:\d+ answered with a web page\. Expected an OTLP/);
});

test('an answer in protobuf is not a web page', async (context) => {
  const collector = await startCollector(context);
  // A partial success of 60 bytes, which is `<` in ASCII.
  const reason = 'x'.repeat(56);
  collector.answer((response) => response.end(`\n<\b\u0001\u00128${reason}`));
  assert.deepEqual(await createOtlpClient().post(BODY, 1_000), { rejected: 0 });
});

test('a refusal names the server, and no token in a path', async (context) => {
  const collector = await startCollector(context);
  withEnv(context, { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/receiver/s3cret` });
  collector.answer((response) =>
    response.writeHead(308, { location: 'https://otlp.example.com/receiver/s3cret' }).end(),
  );
  const { message } = await failure(createOtlpClient().post(BODY, 1_000));
  assert.ok(message.startsWith(`the collector at ${collector.url} answered 308`), message);
  assert.match(message, /a redirect to https:\/\/otlp\.example\.com\. Set the endpoint/);
  assert.doesNotMatch(message, /s3cret/);
});

test('a refusal of log lines names the variable of log lines', async (context) => {
  const collector = await startCollector(context);
  collector.answer((response) => response.writeHead(404).end());
  const { message } = await failure(createOtlpClient({ signal: 'LOGS' }).post(BODY, 1_000));
  assert.match(message, /base URL, without \/v1\/logs; OTEL_EXPORTER_OTLP_LOGS_ENDPOINT is the full URL/);
  assert.doesNotMatch(message, /traces/i);
});

test('a collector that never answers is given up in time', async (context) => {
  const collector = await startCollector(context);
  collector.answer(() => {});
  const error = await failure(createOtlpClient({ holdsProcess: true }).post(BODY, 50));
  assert.match(error.message, /no answer within 50 ms/);
  assert.equal(error.retryable, true);
});

test('a refused connection may be tried again', async (context) => {
  withEnv(context, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  const error = await failure(createOtlpClient().post(BODY, 1_000));
  assert.match(error.message, /ECONNREFUSED/);
  assert.equal(error.retryable, true);
});

const HINTS: Array<[status: number, hint: RegExp]> = [
  [401, /answered 401; check the credentials in OTEL_EXPORTER_OTLP_HEADERS$/],
  [404, /answered 404; OTEL_EXPORTER_OTLP_ENDPOINT is a base URL.*TRACES_ENDPOINT is the full URL/],
  [500, /answered 500$/],
];
for (const [status, hint] of HINTS) {
  test(`an answer ${status} says what to check`, async (context) => {
    const collector = await startCollector(context);
    collector.answer((response) => response.writeHead(status).end());
    const error = await failure(createOtlpClient().post(BODY, 1_000));
    assert.match(error.message, hint);
    assert.equal(error.retryable, false);
  });
}

const ANSWERS: Array<[what: string, body: string, rejected: number]> = [
  ['nothing', '', 0],
  ['an empty object', '{}', 0],
  ['a partial success', '{"partialSuccess":{"rejectedSpans":"3","errorMessage":"no such tenant"}}', 3],
  ['a number', '{"partialSuccess":{"rejectedSpans":3}}', 3],
  ['a warning alone', '{"partialSuccess":{"errorMessage":"old field"}}', 0],
  ['nonsense', 'ok', 0],
  ['another type', '{"partialSuccess":[]}', 0],
  ['null', 'null', 0],
  ['more than is read', `{"x":"${'x'.repeat(200_000)}"}`, 0],
];
for (const [what, body, rejected] of ANSWERS) {
  test(`an answer with ${what} rejects ${rejected} spans`, async (context) => {
    const collector = await startCollector(context);
    collector.answer((response) => response.end(body));
    assert.equal((await createOtlpClient().post(BODY, 1_000)).rejected, rejected);
  });
}
