import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ReportingExporter } from './reporting-exporter.ts';

const SPANS = [{}, {}] as ReadableSpan[];
const failure: ExportResult = { code: ExportResultCode.FAILED, error: new Error('connect ECONNREFUSED') };
const success: ExportResult = { code: ExportResultCode.SUCCESS };

const setUp = (answers: ExportResult[]) => {
  const settled: number[] = [];
  const inner = {
    export: (_spans: ReadableSpan[], done: (result: ExportResult) => void) =>
      done(answers.shift() ?? success),
    shutdown: () => Promise.resolve(),
  };
  const tracker = {
    isWaiting: () => true,
    settled: (spans: ReadableSpan[]) => void settled.push(spans.length),
  };
  const exporter = new ReportingExporter(inner, tracker);
  const results: ExportResult[] = [];
  return { settled, results, send: () => exporter.export(SPANS, (result) => results.push(result)) };
};

test('results are passed on and spans settled', (t) => {
  t.mock.method(console, 'error', () => {});
  const { settled, results, send } = setUp([success, failure]);
  send();
  send();
  assert.deepEqual(results, [success, failure]);
  assert.deepEqual(settled, [2, 2]);
});

test('an outage is said once, its end with what was lost', (t) => {
  const said = t.mock.method(console, 'error', () => {});
  const { send } = setUp([success, failure, failure, success, success]);
  for (let n = 0; n < 5; n++) send();
  const lines = said.mock.calls.map(({ arguments: [line] }) => JSON.parse(String(line)).msg as string);
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', /ECONNREFUSED/);
  assert.match(lines[1] ?? '', /4 were lost/);
});

test('spans that nobody waits for are not sent again', () => {
  const sent: ReadableSpan[][] = [];
  const inner = {
    export: (spans: ReadableSpan[], done: (result: ExportResult) => void) => {
      sent.push(spans);
      done(success);
    },
    shutdown: () => Promise.resolve(),
  };
  const [first, second] = SPANS as [ReadableSpan, ReadableSpan];
  const waiting = new Set([second]);
  const exporter = new ReportingExporter(inner, {
    isWaiting: (span) => waiting.has(span),
    settled: () => {},
  });
  const results: ExportResult[] = [];
  exporter.export([first, second], (result) => results.push(result));
  exporter.export([first], (result) => results.push(result));
  assert.deepEqual(sent, [[second]]);
  assert.deepEqual(results, [success, success]);
});
