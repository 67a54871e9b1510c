import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnSpans } from './drawn-spans.ts';

const drawing = `trace de6365bfdb2280b24ca73a932bbef978 · 4 spans · 2 services · 3.98 s
writer SERVER   ● POST /orders           ██████                                478 ms
writer PRODUCER └ send orders            ██████                                4.9 ms
poller CONSUMER   ├ ✗ process orders            ██                              12 µs
                  │ │ ↩ links to process orders, attempt 1 in trace de6365bf
                  │ │ ✗ attempt 2 fails
poller CLIENT     │ └ findAndModify $cmd         █                             1.02 s
poller INTERNAL   └ wait orders              ░                                  ≈ 1 s

trace 0af7651916cd43dd8448eb211c80319c · 1 span · 1 service · 10 ms
report-job CONSUMER ◌ run report-job                                    ▏       10 ms
                      its parent 5b1c3d9e is not in this trace

█ work   ░ waiting   ● root   ↩ link   ✗ error`;

test('each span is named by the way to it, with links and errors', () => {
  const send = 'writer SERVER POST /orders > writer PRODUCER send orders';
  const failed = `${send} > poller CONSUMER ✗ process orders`;
  assert.deepEqual(drawnSpans(drawing), [
    'report-job CONSUMER ◌ run report-job',
    'writer SERVER POST /orders',
    send,
    `${failed} > poller CLIENT findAndModify $cmd`,
    `${failed} ↩ links to process orders, attempt 1 in trace … ✗ attempt 2 fails`,
    `${send} > poller INTERNAL wait orders`,
  ]);
});

test('another run of the same is the same', () => {
  const other = drawing.replaceAll('de6365bf', '12345678').replace('478 ms', '1.48 s').replace('█████', '█');
  assert.deepEqual(drawnSpans(other), drawnSpans(drawing));
});

test('a span under another parent is not the same', () => {
  assert.notDeepEqual(drawnSpans(drawing.replace('  └ wait orders', '└ wait orders  ')), drawnSpans(drawing));
});
