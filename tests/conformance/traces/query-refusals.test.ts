import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends, since220, type Backend } from './backends.ts';
import { get, newTraceId, type Answer } from './client.ts';
import { formerWindow, window } from './seed.ts';

const notFound = { status: 404, type: 'text/plain', error: { httpCode: 404, message: 'No traces found' } };
const known = 'ab'.repeat(16);

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

  test(`${backend.name} answers 404 for a search without a hit`, async () => {
    const path = `/api/v3/traces?query.service_name=${newTraceId()}&${formerWindow}&query.num_traces=5`;
    assert.deepEqual(problemOf(await get(backend, path)), notFound);
  });
}

async function refused(backend: Backend, path: string, httpCode: number, message: string): Promise<void> {
  const problem = problemOf(await get(backend, `/api/v3/traces${path}`));
  assert.deepEqual(problem, { status: httpCode, type: 'text/plain', error: { httpCode, message } });
}

function problemOf({ status, type, body }: Answer) {
  return { status, type, ...(JSON.parse(body) as { error: { httpCode: number; message: string } }) };
}
