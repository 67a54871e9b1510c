import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ruleIds } from '../lint/finding.ts';
import { lintReport, startCommand, traces } from '../testing/command.ts';
import { file, folder } from '../testing/folder.ts';
import { B } from '../testing/lint.ts';
import { joined, lost, mail, shop } from '../testing/parcels.ts';

test('a break ends with 1, is drawn, and says what mends it', async () => {
  const { code, out, error } = await traces.lint('--file', await file('lost.json', lost));
  assert.deepEqual([code, error], [1, '']);
  assert.match(
    out,
    /^error lost-context \(certain\): shop PRODUCER send parcels → mail CONSUMER process parcels$/m,
  );
  assert.match(
    out,
    /● POST \/parcels {2}shop SERVER\n +└ send parcels {2}shop PRODUCER ✗✗✗ ● process parcels {2}mail CONSUMER/,
  );
  assert.match(out, /Fix it: Inject the context/);
  assert.match(out, /traces lint --explain lost-context/);
  assert.match(out, /^3 spans in 2 traces of 2 services: 1 error\.$/m);
  assert.match(out, /^mail: Instrumentation Score 89\.5 \(Good\), fails RES-001$/m);
});

test('a trace that is whole ends with 0', async () => {
  const path = await file('joined.json', joined);
  const { code, out } = await traces.lint('--file', path, '--width', '80', '--ascii');
  assert.equal(code, 0);
  assert.match(out, /no findings/);
});

test('a service without a span is named', async () => {
  const path = await file('lost.json', lost);
  const { code, out } = await traces.lint('--file', path, '--service', 'bank');
  assert.equal(code, 0);
  assert.match(out, /No span of the service bank was read\./);
  assert.doesNotMatch((await traces.lint('--file', path, '--service', 'mail')).out, /No span of/);
});

test('without a span there is no verdict', async () => {
  const { code, error } = await traces.lint('--file', await file('none.json', {}));
  assert.deepEqual(
    [code, error.replace(folder, '')],
    [2, '/none.json: no span was read. Expected at least one.'],
  );
});

test('settings decide what fails, from the command and from a file', async () => {
  const path = await file('lost.json', lost);
  const code = async (...more: string[]) => (await traces.lint('--file', path, ...more)).code;
  assert.equal(await code('--fail-on', 'never'), 0);
  assert.equal(await code('--rules', 'orphan,clock'), 0);
  assert.equal(await code('--service', 'bank'), 0);
  assert.equal(await code('--service', 'mail'), 1);
  assert.equal(await code('--ignore', 'lost-context=it is known'), 0);
  assert.equal(await code('--ignore', 'lost-context@mail *=it is known'), 0);
  assert.equal(await code('--ignore', 'lost-context@bank *=it is known'), 1);
  const warn = await file('warn.yaml', 'severities: { lost-context: warning }\n');
  assert.equal(await code('--config', warn), 0);
  assert.equal(await code('--config', warn, '--fail-on', 'warning'), 1);
  const known = await file('known.yaml', 'ignore: [{ rule: lost-context, reason: mail is rewritten }]\n');
  const { out } = await traces.lint('--file', path, '--config', known);
  assert.match(out, /1 finding ignored: mail is rewritten/);
});

test('what is not understood ends with 2 and says what is', async () => {
  const path = await file('lost.json', lost);
  for (const [args, message] of [
    [[], /Give one of --jaeger URL/],
    [['--file', path, '--jaeger', 'http://127.0.0.1:1'], /Give one of/],
    [['--file', path, '--format', 'html'], /--format html: expected text, json/],
    [['--file', path, '--rules', 'orphans'], /--rules: got "orphans"\. Expected one of/],
    [['--file', path, '--ignore', 'orphan'], /--ignore: got "orphan"\. Expected a rule with the reason/],
    [['--file', path, '--fail-on', 'fatal'], /--fail-on: got "fatal"/],
    [['--file', path, '--clock', 'soon'], /--clock: got "soon"/],
    [['--explain', 'orphans'], /--explain: got "orphans"/],
    [['--jaeger', 'http://u:pw@127.0.0.1:1', '--limit', '0'], /--limit: got "0"/],
    [['--jaeger', '://u:pw@h'], /--jaeger :\/\/…@h: expected a URL/],
    [['--jaeger', 'http://127.0.0.1:1', '--header', 'x'], /--header: Expected a name and a text/],
    [['--file', path, '--config', join(folder, 'absent.yaml')], /Failed to read the settings of .+absent/],
  ] as const) {
    const { code, out, error } = await traces.lint(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(error, message);
  }
});

test('what can not be read ends with 2, and the rest is looked at', async () => {
  const path = await file('half.jsonl', `${JSON.stringify(lost)}\n{"resourceSpans":[{"sco`);
  const { code, error, findings, summary } = await lintReport('--file', path);
  assert.equal(code, 2);
  assert.match(error, /half\.jsonl:2: not JSON/);
  assert.equal(findings.length, 1);
  assert.equal(summary.unreadable.length, 1);
  const none = await traces.lint('--file', join(folder, 'absent.json'));
  assert.equal(none.code, 2);
  assert.match(none.error, /absent\.json: ENOENT/);
});

test('several files are one system, and one may come on standard input', async () => {
  const [one, other] = [await file('shop.json', { resourceSpans: [shop] }), { resourceSpans: [mail(B)] }];
  const { code } = await traces.lint('--file', one, '--file', await file('mail.json', other));
  assert.equal(code, 1);
  const { status, stdout } = startCommand(['lint', '--file', one, '--file', '-'], JSON.stringify(other));
  assert.equal(status, 1);
  assert.match(stdout, /error lost-context/);
});

test('a rule is explained by itself', async () => {
  for (const rule of ruleIds) {
    const { code, out } = await traces.lint('--explain', rule);
    assert.equal(code, 0);
    assert.match(
      out,
      new RegExp(`^${rule} \\(\\w+\\)\n\n.+Fix it: .+What it cannot know: .+Page: docs/.+#${rule}$`, 's'),
    );
  }
});
