import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { logsRequest } from '../otlp/logs-schema.ts';
import { LogStore } from './log-store.ts';

const idOf = (letter: string) => letter.repeat(32);

function add(store: LogStore, ...logRecords: object[]) {
  return store.add(logsRequest.json.parse({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
}

const record = (trace: string, fields: object = {}) => ({
  traceId: idOf(trace),
  spanId: '1'.padStart(16, '0'),
  ...fields,
});

const said = (text: string) => ({ body: { stringValue: text } });

test('a line is kept as text, whatever it held', () => {
  const store = new LogStore();
  const attributes = [
    { key: 'count', value: { intValue: '3' } },
    { key: 'req', value: { kvlistValue: { values: [{ key: 'url', value: { stringValue: '/x' } }] } } },
    { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, {}] } } },
  ];
  const times = { timeUnixNano: '1700000000000250000' };
  add(store, record('a', { ...said('hello'), ...times, severityNumber: 9, attributes }));
  assert.deepEqual(store.of(idOf('a')), [
    {
      traceId: idOf('a'),
      spanId: '1'.padStart(16, '0'),
      timeMs: 1_700_000_000_000.25,
      service: '',
      severity: 'INFO',
      body: 'hello',
      attributes: { count: '3', req: '{"url":"/x"}', list: '[true,""]' },
    },
  ]);
});

test('the level is the word of the sender, else that of the number', () => {
  const store = new LogStore();
  const levels = [
    { severityText: 'warn', severityNumber: 13 },
    { severityNumber: 17 },
    { severityNumber: 24 },
    {},
  ];
  add(store, ...levels.map((level) => record('a', level)));
  assert.deepEqual(
    store.of(idOf('a')).map(({ severity }) => severity),
    ['WARN', 'ERROR', 'FATAL', ''],
  );
});

test('lines are in the order of time, and those of no span are not kept', () => {
  const store = new LogStore();
  const rejected = add(
    store,
    record('a', { ...said('second'), timeUnixNano: '2000000' }),
    record('a', { ...said('first'), observedTimeUnixNano: '1000000' }),
    said('of no span'),
  );
  assert.equal(rejected.count, 0);
  assert.deepEqual(
    store.of(idOf('a')).map(({ body }) => body),
    ['first', 'second'],
  );
});

test('the lines of the first trace go when there is no room', () => {
  const store = new LogStore({ maxLogBytes: 4_000 });
  const long = said('x'.repeat(700));
  for (const trace of ['a', 'b', 'c', 'd', 'e']) add(store, record(trace, long));
  assert.deepEqual(
    ['a', 'b', 'e'].map((trace) => store.of(idOf(trace)).length),
    [0, 1, 1],
  );
});

test('a trace that still writes keeps its lines, and the next oldest goes', () => {
  const store = new LogStore({ maxLogBytes: 4_000 });
  const long = said('x'.repeat(500));
  for (const trace of ['a', 'b', 'c', 'd', 'e', 'f']) add(store, record(trace, long));
  add(store, record('a', said('y'.repeat(200))));
  assert.deepEqual(
    ['a', 'b', 'c'].map((trace) => store.of(idOf(trace)).length),
    [2, 0, 1],
  );
});

test('a trace takes no more than its share', () => {
  const store = new LogStore({ maxLogBytes: 4_000 });
  const rejected = add(store, record('a', said('x'.repeat(700))), record('a', said('x'.repeat(700))));
  assert.deepEqual([rejected.count, store.of(idOf('a')).length], [1, 1]);
  assert.match(rejected.reason, /^trace a{32} has as many lines/);
});

test('the lines of one span are found among those of its trace', () => {
  const store = new LogStore();
  const spanId = '2'.padStart(16, '0');
  add(store, record('a', said('of another')), record('a', { ...said('its own'), spanId }));
  assert.deepEqual(
    store.of(idOf('a'), spanId).map(({ body }) => body),
    ['its own'],
  );
});

const MIB = 1024 * 1024;

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test('a line that was cut holds no memory of the rest', () => {
  const store = new LogStore();
  const before = heapBytes();
  for (let n = 0; n < 40; n++) {
    const attributes = [{ key: 'n', value: { stringValue: `${n}${'y'.repeat(MIB)}` } }];
    add(store, record('a', { ...said(`${n}${'x'.repeat(MIB)}`), attributes }));
  }
  const grownMib = (heapBytes() - before) / MIB;
  assert.equal(store.of(idOf('a')).length, 40);
  assert.ok(grownMib < 8, `80 texts of 1 MiB hold ${grownMib.toFixed(1)} MiB`);
});
