import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends, since220, type Backend } from './backends.ts';
import { get, getUntil, newTraceId, post, readTrace, type Answer } from './client.ts';
import { normalise } from './normalise.ts';
import { bodyOf, formerWindow, seeded, window } from './seed.ts';

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
