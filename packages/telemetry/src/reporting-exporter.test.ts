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
  const exporter = new ReportingExporter(inner, (spans) => settled.push(spans.length));
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
