import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleIds } from '../lint/finding.ts';
import { lintReport, traces } from '../testing/command.ts';
import { file } from '../testing/folder.ts';
import { A, B } from '../testing/lint.ts';
import { attributes } from '../testing/otlp.ts';
import { joined, lost, mail, shop } from '../testing/parcels.ts';

test('the JSON has the findings with their hop and a summary', async () => {
  const path = await file('lost.json', lost);
  const { out, findings, summary } = await lintReport('--file', path);
  assert.equal(findings.length, 1);
  const { evidence, ...finding } = findings[0] ?? assert.fail();
  assert.deepEqual(finding, {
    rule: 'lost-context',
    severity: 'error',
    certainty: 'certain',
    from: { service: 'shop', kind: 'PRODUCER', name: 'send parcels', traceId: A, spanId: '0000000000000002' },
    to: {
      service: 'mail',
      kind: 'CONSUMER',
      name: 'process parcels',
      traceId: B,
      spanId: '0000000000000005',
    },
    page: 'docs/reference/lint-rules.md#lost-context',
  });
  assert.ok(evidence.length > 0);
  assert.deepEqual([summary.spans, summary.traces, summary.byRule], [3, 2, { 'lost-context': 1 }]);
  assert.doesNotMatch(out, /secret-17/);
  assert.match((await lintReport('--file', path, '--show-values')).out, /secret-17/);
});

test('SARIF, JUnit and Markdown hold the finding', async () => {
  const path = await file('lost.json', lost);
  const { out: sarif } = await traces.lint('--file', path, '--format', 'sarif');
  const { runs } = JSON.parse(sarif) as {
    runs: { tool: { driver: { rules: object[] } }; results: { ruleId: string; level: string }[] }[];
  };
  assert.equal(runs[0]?.tool.driver.rules.length, ruleIds.length);
  assert.deepEqual(
    runs[0]?.results.map(({ ruleId, level }) => [ruleId, level]),
    [['lost-context', 'error']],
  );
  const { out: junit } = await traces.lint('--file', path, '--format', 'junit');
  assert.match(junit, new RegExp(`<testsuites tests="${ruleIds.length}" failures="1"`));
  assert.match(
    junit,
    /name="lost-context"><failure message="error, certain: shop PRODUCER send parcels → mail/,
  );
  const { out: markdown } = await traces.lint('--file', path, '--format', 'markdown');
  assert.match(
    markdown,
    /^\| error \| \[lost-context\]\(.+\) \| certain \| shop PRODUCER send parcels → mail/m,
  );
});

test('names of spans are not markup in any format', async () => {
  const evil = mail(B, { name: 'process <b>|\u001B[31m*x*' });
  const path = await file('evil.json', { resourceSpans: [shop, evil] });
  const shown = async (format: string) => (await traces.lint('--file', path, '--format', format)).out;
  for (const format of ['text', 'junit', 'markdown'])
    assert.ok(!(await shown(format)).includes('\u001B'), format);
  assert.doesNotMatch(await shown('junit'), /<b>/);
  assert.doesNotMatch(await shown('markdown'), /<b>\||[^\\]\*x/);
});

test('what could not be read is in every format', async () => {
  const path = await file('torn.jsonl', `${JSON.stringify(joined)}\n{"resourceSp`);
  const { code, out: junit } = await traces.lint('--file', path, '--format', 'junit');
  assert.equal(code, 2);
  assert.match(junit, new RegExp(`<testsuites tests="${ruleIds.length + 1}" failures="0" errors="1">`));
  assert.match(junit, /name="read"><error message="[^"]+torn\.jsonl:2: not JSON/);
  const { out: sarif } = await traces.lint('--file', path, '--format', 'sarif');
  const [invocation] =
    (JSON.parse(sarif) as { runs: { invocations: { executionSuccessful: boolean }[] }[] }).runs[0]
      ?.invocations ?? [];
  assert.equal(invocation?.executionSuccessful, false);
  assert.match(sarif, /"text": "[^"]+torn\.jsonl:2: not JSON/);
  for (const format of ['json', 'markdown', 'text'])
    assert.match(
      (await traces.lint('--file', path, '--format', format)).out,
      /torn.{0,2}\.jsonl:2: not JSON/,
    );
});

test('names of services and texts of files hold no control characters', async () => {
  const group = { ...mail(A), resource: { attributes: attributes({ 'service.name': 'ma\u009B31mil' }) } };
  const path = await file('service.jsonl', `${JSON.stringify({ resourceSpans: [shop, group] })}\n\u009B31m`);
  const { out, error } = await traces.lint('--file', path);
  assert.match(out, /ma·31mil/);
  assert.doesNotMatch(out + error, /\u009B/);
});
