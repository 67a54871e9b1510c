import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBackends, type Backend } from './backends.ts';
import { bodyOf, seeded } from './seed.ts';
import { normalise } from './normalise.ts';
import { get, newTraceId, post, readTrace, type Answer } from './client.ts';

const backends = await startBackends();
after(() => Promise.all(backends.map((backend) => backend.close())));

const notFound = { status: 404, type: 'text/plain', error: { httpCode: 404, message: 'No traces found' } };
const known = 'ab'.repeat(16);
const window = 'query.start_time_min=2023-11-14T00:00:00Z&query.start_time_max=2023-11-16T00:00:00Z';
const depth = 'search depth must be greater than 0 and less than max traces';

type Refusal = readonly [path: string, httpCode: number, message: string];

/** Each with the words of Jaeger v2.13. */
const refusals: readonly Refusal[] = [
  ['/api/v3/traces/zz', 400, 'malformed parameter trace_id: strconv.ParseUint: parsing "zz": invalid syntax'],
  [
    `/api/v3/traces/${'g'.repeat(16)}${'a'.repeat(16)}`,
    400,
    `malformed parameter trace_id: strconv.ParseUint: parsing "${'g'.repeat(16)}": invalid syntax`,
  ],
  [
    `/api/v3/traces/${known}01`,
    400,
    `malformed parameter trace_id: TraceID cannot be longer than 32 hex characters: ${known}01`,
  ],
  ['/api/v3/traces', 400, 'query.start_time_min and query.start_time_max are required'],
  [
    '/api/v3/traces?query.service_name=x&query.start_time_min=2024-01-01T00:00:00Z',
    400,
    'query.start_time_min and query.start_time_max are required',
  ],
  [`/api/v3/traces?${window}`, 500, depth],
  [`/api/v3/traces?${window}&query.num_traces=-1`, 500, depth],
  [`/api/v3/traces?${window}&query.num_traces=100000000`, 500, depth],
  [
    `/api/v3/traces?${window}&query.num_traces=abc`,
    400,
    'malformed parameter query.num_traces: strconv.Atoi: parsing "abc": invalid syntax',
  ],
  [
    `/api/v3/traces?${window}&query.num_traces=5&query.duration_max=1`,
    400,
    'malformed parameter query.duration_max: time: missing unit in duration "1"',
  ],
  [
    `/api/v3/traces?${window}&query.num_traces=5&query.duration_min=soon`,
    400,
    'malformed parameter query.duration_min: time: invalid duration "soon"',
  ],
];

for (const backend of backends) {
  test(`${backend.name} answers 404 for a trace that is not there`, async () => {
    assert.deepEqual(problemOf(await get(backend, `/api/v3/traces/${newTraceId()}`)), notFound);
  });

  for (const [path, httpCode, message] of refusals) {
    test(`${backend.name} refuses ${path}`, async () => {
      const problem = problemOf(await get(backend, path));
      assert.deepEqual(problem, { status: httpCode, type: 'text/plain', error: { httpCode, message } });
    });
  }

  test(`${backend.name} names the parameter of a malformed time`, async () => {
    const problem = problemOf(
      await get(backend, `/api/v3/traces?${window.replace('2023-11-14T00:00:00Z', 'zz')}`),
    );
    assert.equal(problem.status, 400);
    assert.match(problem.error.message, /^malformed parameter query\.start_time_min: parsing time "zz"/);
  });

  test(`${backend.name} finds a trace by an id in upper case`, async () => {
    const { traceIds } = await seeded(backend);
    assert.deepEqual(
      await readTrace(backend, traceIds.slow.toUpperCase()),
      await readTrace(backend, traceIds.slow),
    );
  });

  test(`${backend.name} finds a trace by an id without its zeros`, async () => {
    const traceId = newTraceId().slice(16).padStart(32, '0');
    await post(backend, bodyOf('short', [{ traceId, spanId: 'a1'.padStart(16, '0'), name: 'n' }]));
    assert.equal((await readTrace(backend, traceId.slice(16)))[0]?.spans[0]?.traceId, traceId);
  });

  test(`${backend.name} says plain text of its JSON`, async () => {
    const { traceIds } = await seeded(backend);
    assert.equal((await get(backend, `/api/v3/traces/${traceIds.slow}`)).type, 'text/plain');
    assert.equal((await get(backend, '/api/v3/services')).type, 'text/plain');
  });

  test(`${backend.name} lists the services`, async () => {
    const { service } = await seeded(backend);
    const { services } = JSON.parse((await get(backend, '/api/v3/services')).body) as { services: string[] };
    assert.ok(services.includes(service));
    assert.equal(new Set(services).size, services.length);
  });

  test(`${backend.name} gives a resource without a name the usual one`, async () => {
    const traceId = newTraceId();
    await post(backend, bodyOf(undefined, [{ traceId, spanId: 'a1'.padStart(16, '0') }]));
    const [chunk] = await readTrace(backend, traceId);
    assert.deepEqual(chunk?.resource, {
      attributes: [{ key: 'service.name', value: { stringValue: 'missing-service-name' } }],
    });
  });

  test(`${backend.name} lists the operations of a service, by kind when asked`, async () => {
    const { service } = await seeded(backend);
    const all = await operations(backend, `service=${service}`);
    assert.deepEqual(all, [
      { name: 'late' },
      { name: 'quick', spanKind: 'client' },
      { name: 'slow', spanKind: 'server' },
    ]);
    assert.deepEqual(await operations(backend, `service=${service}&span_kind=client`), [all[1]]);
    assert.deepEqual(await operations(backend, 'service=nobody'), []);
    assert.deepEqual(await operations(backend, ''), []);
  });

  test(`${backend.name} searches by service, operation, time and duration`, async () => {
    const { service, traceIds } = await seeded(backend);
    const search = async (more: string) =>
      traceIdsOf(await get(backend, `/api/v3/traces?query.service_name=${service}&${more}`));
    const wide = `${window}&query.num_traces=10`;
    assert.deepEqual(await search(wide), [traceIds.slow, traceIds.quick]);
    assert.deepEqual(await search(`${window}&query.num_traces=1`), [traceIds.quick]);
    assert.deepEqual(await search(wide.replace('2023-11-14T', '2023-11-15T')), []);
    assert.deepEqual(await search(`${wide}&query.operation_name=slow`), [traceIds.slow]);
    assert.deepEqual(await search(`${wide}&query.operation_name=nobody`), []);
    assert.deepEqual(await search(`${wide}&query.duration_min=400ms`), [traceIds.slow]);
    assert.deepEqual(await search(`${wide}&query.duration_max=0.4s`), [traceIds.quick]);
    assert.deepEqual(await search(`${wide}&query.duration_min=500ms&query.duration_max=500ms`), [
      traceIds.slow,
    ]);
    assert.deepEqual(await search(wide.replace('2023-11-16T', '2023-11-18T')), [
      traceIds.slow,
      traceIds.quick,
      traceIds.late,
    ]);
    assert.deepEqual(await search(`${wide}&query.attributes={"no":"such"}`), [traceIds.slow, traceIds.quick]);
  });

  test(`${backend.name} searches without a service across all of them`, async () => {
    const { traceIds } = await seeded(backend);
    const found = traceIdsOf(await get(backend, `/api/v3/traces?${window}&query.num_traces=1000`));
    assert.ok(
      found.includes(traceIds.slow) && found.includes(traceIds.quick) && !found.includes(traceIds.late),
    );
  });

  test(`${backend.name} answers 404 for a search without a hit`, async () => {
    const path = `/api/v3/traces?query.service_name=${newTraceId()}&${window}&query.num_traces=5`;
    assert.deepEqual(problemOf(await get(backend, path)), notFound);
  });
}

function problemOf({ status, type, body }: Answer): {
  status: number;
  type: string;
  error: { httpCode: number; message: string };
} {
  return { status, type, ...(JSON.parse(body) as { error: { httpCode: number; message: string } }) };
}

async function operations(backend: Backend, query: string): Promise<{ name?: string }[]> {
  const { body } = await get(backend, `/api/v3/operations?${query}`);
  const { operations: found } = JSON.parse(body) as { operations: { name?: string }[] };
  return found.toSorted((a, b) => String(a.name).localeCompare(String(b.name)));
}

/** In the order of the seed below; the order of the answer is the store's own. */
function traceIdsOf({ status, body }: Answer): string[] {
  if (status === 404) return [];
  const ids = normalise(body).flatMap(({ spans }) =>
    spans.toSorted((a, b) => (String(a.name) > String(b.name) ? -1 : 1)),
  );
  return ids.map(({ traceId }) => String(traceId));
}
