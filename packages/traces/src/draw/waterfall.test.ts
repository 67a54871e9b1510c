import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'node:test';
import { linkTo, orderTrace, span } from '../testing/spans.ts';
import { renderWaterfall } from './waterfall.ts';

function lines(...args: Parameters<typeof renderWaterfall>): string[] {
  return renderWaterfall(...args).split('\n');
}

test('one trace is drawn as a tree with bars', () => {
  assert.equal(
    renderWaterfall(orderTrace(), { width: 80 }),
    `\
trace 0af7651916cd43dd8448eb211c80319c · 7 spans · 3 services · 100 ms
writer       SERVER   ● POST /orders        ███                            12 ms
writer       PRODUCER └ send orders         ███                           8.0 ms
writer       CLIENT     ├ insert orders     ██                            6.0 ms
poller       INTERNAL   ├ wait orders         ░░░░░░░░░░░░░░               51 ms
poller       CONSUMER   └ process orders                    ███████████    40 ms
                          │ ↩ links to send orders
poller       CLIENT       └ POST                            ██████████     33 ms
job-launcher SERVER         └ POST /reports                  ████████      30 ms

█ work   ░ waiting   ● root   ↩ link`,
  );
});

test('a broken family shares one time scale', () => {
  const [writer, poller] = [orderTrace().slice(0, 3), orderTrace().slice(4, 6)];
  const job = span('a', '99', 'report-job CONSUMER run report-job', {
    traceId: 'c'.repeat(32),
    atMs: [100, 200],
    error: 'exit code 3',
  });
  const broken = poller.map((each) => ({ ...each, traceId: 'b'.repeat(32) }));
  assert.equal(
    renderWaterfall([writer, broken, [job]], { width: 80, ascii: true }),
    `\
trace 0af7651916cd43dd8448eb211c80319c - 3 spans - 1 service - 12 ms
writer     SERVER   * POST /orders     ##                                  12 ms
writer     PRODUCER \` send orders      ##                                 8.0 ms
writer     CLIENT     \` insert orders  #                                  6.0 ms

trace bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb - 2 spans - 1 service - 40 ms
poller     CONSUMER ? process orders            #######                    40 ms
                    | its parent 00000000 is not in this trace
                    | <- links to send orders in trace 0af76519
poller     CLIENT   \` POST                      ######                     33 ms

trace cccccccccccccccccccccccccccccccc - 1 span - 1 service - 100 ms
report-job CONSUMER ? x run report-job                 ################   100 ms
                      its parent 00000000 is not in this trace
                      x exit code 3

# work   * root   ? orphan   <- link   x error`,
  );
});

test('traces come in the order of their roots', () => {
  const traceId = 'b'.repeat(32);
  const later = [
    span('8', undefined, 'poller CONSUMER process orders', { traceId, atMs: [60, 100] }),
    span('9', '8', 'job-launcher INTERNAL observe report-job', { traceId, atMs: [-500, 100] }),
  ];
  const heads = lines([later, orderTrace()]).filter((line) => line.startsWith('trace '));
  assert.deepEqual(
    heads.map((line) => line.slice(6, 10)),
    ['0af7', 'bbbb'],
  );
});

test('each attempt of a crash says which it is', () => {
  const attempts = [1, 2].flatMap((attempt) => {
    const attributes = { 'demo.attempt': attempt };
    return [
      span(`a${attempt}`, '1', 'launcher INTERNAL observe', {
        atMs: [attempt, 50],
        attributes,
        error: 'crash',
      }),
      span(`b${attempt}`, '1', 'job CONSUMER run', { atMs: [attempt, 50], attributes }),
    ];
  });
  const drawn = lines([...orderTrace(), ...attempts], { ascii: true });
  for (const name of ['x observe #1', ' run #1', 'x observe #2', ' run #2'])
    assert.equal(drawn.filter((line) => line.includes(`${name} `)).length, 1, name);
  assert.equal(drawn.filter((line) => line.includes('process orders #')).length, 0, 'tried once');
  assert.match(drawn.at(-1) ?? '', /#n attempt/);
});

test('ASCII stays ASCII', () => {
  const failed = span('8', '1', 'writer CLIENT café', { error: 'refusé…', atMs: [1, 1.01] });
  const drawn = renderWaterfall([...orderTrace(), failed], { ascii: true });
  assert.equal(/[^ -~\n]/.exec(drawn.replaceAll(/[é…]/g, '')), null);
});

for (const width of [60, 80, 100, 140]) {
  test(`no line is wider than ${width} columns`, () => {
    const long = 'x'.repeat(300);
    const deep = Array.from({ length: 30 }, (_unused, index) =>
      span(`d${index}`, index === 0 ? '1' : `d${index - 1}`, `${long} INTERNAL ${long}`, {
        error: long,
        links: [linkTo('2')],
        atMs: [0, 3_000_000],
      }),
    );
    const widths = lines([...orderTrace(), ...deep], { width }).map((line) => line.length);
    assert.ok(Math.max(...widths) <= width, `${Math.max(...widths)} columns`);
  });
}

test('a span of no time is still seen', () => {
  const short = span('8', '1', 'writer CLIENT tiny', { atMs: [100, 100] });
  const drawn = lines([...orderTrace(), short]);
  const row = drawn.find((line) => line.includes('tiny'));
  assert.match(row ?? '', /▏ +0 µs$/);
  assert.equal(row?.length, drawn.find((line) => line.includes('send orders'))?.length);
});

test('times known to the second are drawn as such', () => {
  const attributes = { 'demo.time.precision': 1_000 };
  const seen = span('8', '1', 'launcher INTERNAL observe', { atMs: [0, 2_100], attributes });
  const row = (options = {}) =>
    lines([...orderTrace(), seen], options).find((line) => line.includes('observe'));
  assert.match(row() ?? '', / ≈ 2 s$/);
  assert.match(row({ ascii: true }) ?? '', / ~ 2 s$/);
});

test('an end before its start is drawn as no time', () => {
  const odd = span('8', '1', 'writer CLIENT odd', { atMs: [50, 20] });
  const row = lines([...orderTrace(), odd]).find((line) => line.includes('odd'));
  assert.match(row ?? '', /▏ +0 µs$/);
});

test('escapes in names do not reach the terminal', () => {
  const evil = span('1', undefined, 'evil\u001b[2J SERVER na\nme\u202e', { error: 'a\u001b]0;b\u0007' });
  assert.equal(/[\p{Cc}\p{Cf}]/u.exec(renderWaterfall([evil]).replaceAll('\n', '')), null);
  assert.match(renderWaterfall([evil]), /na·me·/);
});

test('colours change nothing but colour', () => {
  const drawn = renderWaterfall(orderTrace(), { color: true });
  assert.notEqual(drawn, renderWaterfall(orderTrace()));
  assert.equal(stripVTControlCharacters(drawn), renderWaterfall(orderTrace()));
});

test('nothing to draw is said', () => {
  assert.equal(renderWaterfall([]), '(no spans)');
  assert.equal(renderWaterfall([[], []]), '(no spans)');
});

test('a trace deeper than the call stack is drawn', () => {
  const depth = 30_000;
  const chain = Array.from({ length: depth }, (_unused, index) =>
    span(`${index + 1}`, index === 0 ? undefined : `${index}`, 's CLIENT deep'),
  );
  const before = process.cpuUsage();
  const drawn = lines(chain);
  assert.ok(process.cpuUsage(before).user < 10_000_000, 'it takes time in proportion to the depth');
  assert.equal(drawn.length, depth + 3);
  assert.match(drawn.at(-3) ?? '', /^s CLIENT {20,}… /);
});
