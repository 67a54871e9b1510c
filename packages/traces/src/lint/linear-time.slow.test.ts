import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintStore } from './lint.ts';
import { fieldsOf } from './model/attributes.ts';
import { SpanStore } from './model/span-store.ts';
import type { LintOptions } from './options.ts';

/* Linting 100,000 spans takes half a second of CPU time. Quadratic time would be many minutes. The limit is far from both. */

const COUNT = 100_000;
const LIMIT_MS = 15_000;
const KINDS = { server: 2, client: 3, producer: 4, consumer: 5 };
const hex = (number: number, length = 16) => number.toString(16).padStart(length, '0');

interface Sketch {
  trace?: number;
  parent?: number;
  kind?: number;
  name?: string;
  startMs?: number;
  endMs?: number;
  attributes?: Record<string, string>;
  link?: number;
}

function storeOf(count: number, sketch: (index: number) => Sketch): SpanStore {
  const store = new SpanStore();
  const resource = store.resourceNumber({ service: 'shop' });
  for (let index = 1; index <= count; index++) {
    const {
      trace = 1,
      parent,
      kind = 1,
      name = 'work',
      startMs = 1e12 + index,
      endMs = startMs + 5,
      ...more
    } = sketch(index);
    const links = more.link === undefined ? [] : [{ traceId: hex(more.link, 32), spanId: hex(1), flags: 0 }];
    const parentSpanId = parent === undefined ? undefined : hex(parent);
    const span = {
      traceId: hex(trace, 32),
      spanId: hex(index),
      parentSpanId,
      name,
      kind,
      startMs,
      endMs,
      isError: false,
      flags: 0,
      links,
    };
    assert.equal(store.add(span, resource, fieldsOf(Object.entries(more.attributes ?? {}))), undefined);
  }
  return store;
}

function rulesOf(store: SpanStore, options: LintOptions = {}): string[] {
  const before = process.cpuUsage();
  const { report } = lintStore(store, options);
  const tookMs = process.cpuUsage(before).user / 1_000;
  assert.ok(tookMs < LIMIT_MS, 'it takes more than time in proportion to the spans');
  return [...new Set(report.findings.map(({ rule }) => rule))].toSorted();
}

const http = { 'http.request.method': 'GET', 'url.full': 'http://till/a', 'url.path': '/a' };
const message = (id: string) => ({
  'messaging.system': 'kafka',
  'messaging.destination.name': 'parcels',
  'messaging.message.id': id,
});

const shapes: Record<string, [sketch: (index: number) => Sketch, rules: string[]]> = {
  'one span with all others under it': [
    (index) => (index === 1 ? {} : { parent: 1 }),
    ['fan-out', 'unbounded'],
  ],
  'one chain': [(index) => (index === 1 ? {} : { parent: index - 1 }), ['unbounded']],
  'one circle': [(index) => ({ parent: index === 1 ? COUNT : index - 1 }), ['orphan']],
  'roots alone': [() => ({}), ['several-roots', 'unbounded']],
  'children of one that is not there': [() => ({ parent: COUNT + 1 }), ['orphan', 'unbounded']],
  'children of as many that are not there': [(index) => ({ parent: COUNT + index }), ['orphan', 'unbounded']],
  'links to one that is not there': [(index) => ({ trace: index, link: COUNT + 1 }), ['missing-link-target']],
  'one id for all messages': [
    (index) => ({
      trace: index,
      kind: index % 2 === 0 ? KINDS.producer : KINDS.consumer,
      attributes: message('same'),
    }),
    ['lost-context', 'root-consumer'],
  ],
  'messages without ids': [
    (index) => ({
      trace: index,
      kind: index % 2 === 0 ? KINDS.producer : KINDS.consumer,
      name: 'send parcels',
    }),
    ['root-consumer'],
  ],
  'consumers under one parent': [
    (index) =>
      index === 1
        ? { kind: KINDS.producer, attributes: message('first') }
        : { parent: 1, kind: KINDS.consumer, attributes: message(`m${index}`) },
    ['fan-out', 'shared-context', 'unbounded'],
  ],
  'requests at one time': [
    (index) => ({
      trace: index,
      kind: index % 2 === 0 ? KINDS.client : KINDS.server,
      attributes: http,
      startMs: 1e12,
      endMs: 1e12 + 10,
    }),
    ['lost-context'],
  ],
  'calls with roots within': [
    (index) =>
      index === 1
        ? { kind: KINDS.server, startMs: 1e12, endMs: 2e12 }
        : index % 2 === 0
          ? { parent: 1 }
          : { trace: index, kind: KINDS.client, attributes: http },
    ['fan-out', 'root-client', 'unbounded'],
  ],
};

for (const [name, [sketch, rules]] of Object.entries(shapes)) {
  test(`100,000 spans take no quadratic time: ${name}`, () => {
    assert.deepEqual(rulesOf(storeOf(COUNT, sketch), { nowMs: 2e12 }), rules);
  });
}
