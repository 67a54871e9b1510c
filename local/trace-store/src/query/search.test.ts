import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TraceStore } from '../store/trace-store.ts';
import { Parameters } from './parameters.ts';
import { findTraces, readSearch } from './search.ts';

const WINDOW = {
  'query.startTimeMin': '2026-01-01T00:00:00Z',
  'query.startTimeMax': '2026-01-02T00:00:00Z',
};

const searchWith = (query: object) => readSearch(new Parameters({ query: { ...WINDOW, ...query } }));

test('a search with a filter is refused, not answered without it', () => {
  assert.deepEqual(findTraces(new TraceStore({}), searchWith({})), []);
  assert.throws(() => searchWith({ 'query.filter': 'status = error' }), /does not serve query\.filter: use/);
});
