import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { since220, startBackends, type Backend } from './backends.ts';
import { bodyOf, seeded } from './seed.ts';
import { normalise } from './normalise.ts';
import { get, getUntil, newTraceId, post, readTrace, type Answer } from './client.ts';

const backends = await startBackends();
after(() => Promise.all(backends.map((backend) => backend.close())));

const notFound = { status: 404, type: 'text/plain', error: { httpCode: 404, message: 'No traces found' } };
const known = 'ab'.repeat(16);
const window = 'query.startTimeMin=2023-11-14T00:00:00Z&query.startTimeMax=2023-11-16T00:00:00Z';
const formerWindow = window.replaceAll('TimeM', '_time_m').replaceAll('startT', 'start_t');
const depth = 'search depth must be greater than 0 and less than max traces';
const needed = 'query.startTimeMin and query.startTimeMax are required';

type Refusal = readonly [query: string, httpCode: number, message: string];

/** Invalid ids, with Jaeger's messages. */
const wrongIds: readonly Refusal[] = [
  ['zz!', 400, 'malformed parameter trace_id: strconv.ParseUint: parsing "zz!": invalid syntax'],
  [
    `${'g'.repeat(16)}${'a'.repeat(16)}`,
    400,
    `malformed parameter trace_id: strconv.ParseUint: parsing "${'g'.repeat(16)}": invalid syntax`,
  ],
  [
    `${known}01`,
    400,
    `malformed parameter trace_id: TraceID cannot be longer than 32 hex characters: ${known}01`,
  ],
];

/** Invalid searches with the parameter names that Jaeger has since 2.20. */
const wrongSearches: readonly Refusal[] = [
  ['', 400, needed],
  ['query.serviceName=x&query.startTimeMin=2024-01-01T00:00:00Z', 400, needed],
  [
    'query.startTimeMin=2023-11-16T00:00:00Z&query.startTimeMax=2023-11-16T00:00:00Z',
    400,
    'query.startTimeMin must be before query.startTimeMax',
  ],
  [`${window}&query.searchDepth=0`, 500, depth],
  [`${window}&query.searchDepth=-1`, 500, depth],
  [`${window}&query.searchDepth=100000000`, 500, depth],
  [
    `${window}&query.searchDepth=abc`,
    400,
    'malformed parameter query.searchDepth: strconv.Atoi: parsing "abc": invalid syntax',
  ],
  [
    `${window}&query.rawTraces=perhaps`,
    400,
    'malformed parameter query.rawTraces: strconv.ParseBool: parsing "perhaps": invalid syntax',
  ],
  [
    `${window}&query.durationMax=1`,
    400,
    'malformed parameter query.durationMax: time: missing unit in duration "1"',
  ],
];

/** Invalid searches with the former names, which Jaeger still accepts. Its messages use the names in the request. */
const wrongFormerSearches: readonly Refusal[] = [
  [`${formerWindow}&query.num_traces=-1`, 500, depth],
  [
    `${formerWindow}&query.num_traces=abc`,
    400,
    'malformed parameter query.num_traces: strconv.Atoi: parsing "abc": invalid syntax',
  ],
  [
    `${formerWindow}&query.num_traces=5&query.duration_min=soon`,
    400,
    'malformed parameter query.duration_min: time: invalid duration "soon"',
  ],
];

/** Attributes to search for, and the seeded traces that have them. */
const attributeSearches: Record<string, ('slow' | 'quick')[]> = {
  '{"no":"such"}': [],
  '{"text":"t"}': ['slow'],
  '{"text":"t","n":"9007199254740993"}': ['slow'],
  '{"text":"t","n":"5"}': [],
  '{"yes":"true"}': ['slow'],
  '{"service.version":"7"}': ['slow', 'quick'],
  '{"resource.service.version":"7"}': ['slow', 'quick'],
  '{"resource.text":"t"}': [],
  '{"of.event":"e"}': ['slow'],
  '{"of.link":"l"}': ['slow'],
  '{"error":"true"}': ['slow'],
  '{"error":"false"}': ['quick'],
  '{"error":"maybe"}': [],
  '{"span.status":"error"}': ['slow'],
  '{"span.kind":"client"}': ['quick'],
  '{"scope.name":"s"}': ['slow', 'quick'],
  '{"scope.version":"1"}': [],
};

for (const backend of backends) {
  test(`${backend.name} answers 404 for a trace that is not there`, async () => {
    assert.deepEqual(problemOf(await get(backend, `/api/v3/traces/${newTraceId()}`)), notFound);
  });

  for (const [id, httpCode, message] of wrongIds)
    test(`${backend.name} refuses the id ${id}`, () => refused(backend, `/${id}`, httpCode, message));
  for (const [query, httpCode, message] of wrongSearches)
    test(`${backend.name} refuses the search ${query}`, since220(backend), () =>
      refused(backend, `?${query}`, httpCode, message),
    );
  for (const [query, httpCode, message] of wrongFormerSearches)
    test(`${backend.name} refuses the search ${query}`, () =>
      refused(backend, `?${query}`, httpCode, message));

  test(`${backend.name} names the parameter of a malformed time`, async () => {
    const query = formerWindow.replace('2023-11-14T00:00:00Z', 'zz');
    const problem = problemOf(await get(backend, `/api/v3/traces?${query}`));
    assert.equal(problem.status, 400);
    assert.match(problem.error.message, /^malformed parameter query\.start_time_min: parsing time "zz"/);
  });

  test(`${backend.name} refuses attributes that are not texts`, since220(backend), async () => {
    for (const wrong of ['{x', '[]', '5', '{"a":5}']) {
      const problem = problemOf(await get(backend, `/api/v3/traces?${window}&query.attributes=${wrong}`));
      assert.equal(problem.status, 400);
      assert.match(problem.error.message, /^malformed parameter query\.attributes: /);
    }
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

  test(`${backend.name} says of its JSON what it is`, since220(backend), async () => {
    const { traceIds } = await seeded(backend);
    assert.equal((await get(backend, `/api/v3/traces/${traceIds.slow}`)).type, 'application/json');
    assert.equal((await get(backend, '/api/v3/services')).type, 'application/json');
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

  test(
    `${backend.name} lists the operations of a service, by kind when asked`,
    since220(backend),
    async () => {
      const { service } = await seeded(backend);
      const all = await operations(backend, `service=${service}`);
      assert.deepEqual(all, [
        { name: 'late', spanKind: 'internal' },
        { name: 'quick', spanKind: 'client' },
        { name: 'slow', spanKind: 'server' },
      ]);
      assert.deepEqual(await operations(backend, `service=${service}&span_kind=client`), [all[1]]);
      assert.deepEqual(await operations(backend, `service=${service}&spanKind=client`), [all[1]]);
      assert.deepEqual(await operations(backend, 'service=nobody'), []);
      assert.deepEqual(await operations(backend, ''), []);
    },
  );

  test(`${backend.name} searches by service, operation, time and duration`, async () => {
    const { service, traceIds } = await seeded(backend);
    const search = async (more: string) =>
      traceIdsOf(await get(backend, `/api/v3/traces?query.service_name=${service}&${more}`));
    const wide = `${formerWindow}&query.num_traces=10`;
    assert.deepEqual(await search(wide), [traceIds.slow, traceIds.quick]);
    assert.deepEqual(await search(`${formerWindow}&query.num_traces=1`), [traceIds.quick]);
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
  });

  test(
    `${backend.name} takes the names of 2.20, alone and beside the former ones`,
    since220(backend),
    async () => {
      const { service, traceIds } = await seeded(backend);
      const search = async (query: string) => traceIdsOf(await get(backend, `/api/v3/traces?${query}`));
      const all = `query.serviceName=${service}&${window}`;
      assert.deepEqual(await search(all), [traceIds.slow, traceIds.quick], 'the depth is 100 when absent');
      assert.deepEqual(await search(`${all}&query.searchDepth=1`), [traceIds.quick]);
      assert.deepEqual(await search(`${all}&query.search_depth=1&query.num_traces=5`), [traceIds.quick]);
      assert.deepEqual(await search(`${all}&query.searchDepth=1&query.search_depth=x`), [traceIds.quick]);
      assert.deepEqual(await search(`${all}&query.operationName=slow`), [traceIds.slow]);
      assert.deepEqual(await search(`${all}&query.durationMin=400ms&query.durationMax=1s`), [traceIds.slow]);
      assert.deepEqual(await search(`${all}&query.service_name=nobody`), [traceIds.slow, traceIds.quick]);
    },
  );

  for (const [attributes, found] of Object.entries(attributeSearches)) {
    test(`${backend.name} searches by the attributes ${attributes}`, since220(backend), async () => {
      const { service, traceIds } = await seeded(backend);
      const query = `query.serviceName=${service}&${window}&query.attributes=${encodeURIComponent(attributes)}`;
      const ids = traceIdsOf(await get(backend, `/api/v3/traces?${query}`));
      assert.deepEqual(
        ids,
        found.map((name) => traceIds[name]),
      );
    });
  }

  test(`${backend.name} gives a raw search what it stored`, async () => {
    const [service, traceId] = [`raw-${newTraceId()}`, newTraceId()];
    const attributes = ['b', 'a'].map((key) => ({ key, value: { intValue: '1' } }));
    await post(backend, bodyOf(service, [{ traceId, spanId: 'a1'.padStart(16, '0'), attributes }]));
    const query = `query.service_name=${service}&${formerWindow}&query.num_traces=10`;
    for (const [isRaw, keys] of [
      ['true', ['b', 'a']],
      ['false', ['a', 'b']],
    ] as const) {
      const path = `/api/v3/traces?${query}&query.raw_traces=${isRaw}`;
      const { body } = await getUntil(backend, path, ({ status }) => status === 200);
      const [span] = normalise(body).flatMap((chunk) => chunk.spans);
      const found = (span?.attributes ?? []) as { key: string }[];
      assert.deepEqual(
        found.map(({ key }) => key),
        keys,
      );
    }
  });

  test(`${backend.name} searches without a service across all of them`, async () => {
    const { traceIds } = await seeded(backend);
    const found = traceIdsOf(await get(backend, `/api/v3/traces?${formerWindow}&query.num_traces=1000`));
    assert.ok(
      found.includes(traceIds.slow) && found.includes(traceIds.quick) && !found.includes(traceIds.late),
    );
  });

  test(`${backend.name} answers 404 for a search without a hit`, async () => {
    const path = `/api/v3/traces?query.service_name=${newTraceId()}&${formerWindow}&query.num_traces=5`;
    assert.deepEqual(problemOf(await get(backend, path)), notFound);
  });
}

async function refused(backend: Backend, path: string, httpCode: number, message: string): Promise<void> {
  const problem = problemOf(await get(backend, `/api/v3/traces${path}`));
  assert.deepEqual(problem, { status: httpCode, type: 'text/plain', error: { httpCode, message } });
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

/** Returns the trace ids in the order slow, quick, late, because each store has its own order. */
function traceIdsOf({ status, body }: Answer): string[] {
  if (status === 404) return [];
  const ids = normalise(body).flatMap(({ spans }) =>
    spans.toSorted((a, b) => (String(a.name) > String(b.name) ? -1 : 1)),
  );
  return ids.map(({ traceId }) => String(traceId));
}
