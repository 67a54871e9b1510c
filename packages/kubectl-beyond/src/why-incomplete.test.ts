import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container, ContainerStatus, Pod } from './objects.ts';
import { whyIncomplete } from './why-incomplete.ts';

const sampled = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
const ENV: Container['env'] = [{ name: 'TRACEPARENT' }, { name: 'OTEL_EXPORTER_OTLP_ENDPOINT' }];

function podWith(status: Partial<ContainerStatus> = {}, env = ENV): Pod {
  return {
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'main', env }] },
    status: { containerStatuses: [{ name: 'main', ...status }] },
  };
}

const unscheduled: Pod = {
  ...podWith(),
  status: { conditions: [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' }] },
};
const oomKilled = { terminated: { reason: 'OOMKilled', exitCode: 137 } };

for (const [name, carried, pods, expected] of [
  ['nothing', sampled, [podWith({ state: { terminated: { reason: 'Completed', exitCode: 0 } } })], []],
  ['no context', undefined, [podWith()], [/^Nothing is carried/]],
  [
    'an empty context',
    undefined,
    [podWith({}, [{ name: 'TRACEPARENT', value: '' }])],
    [/^Nothing is carried/],
  ],
  [
    'a value that is elsewhere',
    undefined,
    [podWith({}, [{ name: 'TRACEPARENT', valueFrom: { fileKeyRef: { key: 'TRACEPARENT' } } }])],
    [/^pod p, container main can get TRACEPARENT through fileKeyRef, and .*printenv TRACEPARENT$/],
  ],
  [
    'a malformed value',
    undefined,
    [podWith({}, [{ name: 'TRACEPARENT', value: 'on' }])],
    [/^pod p, container main, TRACEPARENT is not a traceparent: got "on"\. Expected 00-/],
  ],
  [
    'variables that are elsewhere',
    undefined,
    [{ ...podWith(), spec: { containers: [{ name: 'main', envFrom: [{}] }] } }],
    [/through envFrom/],
  ],
  [
    'a malformed annotation',
    undefined,
    [{ ...podWith({}, []), metadata: { name: 'p', annotations: { 'tracing.k8s.io/traceparent': 'on' } } }],
    [/^pod p, annotation tracing\.k8s\.io\/traceparent is not a traceparent: got "on"/],
  ],
  ['not sampled', { ...sampled, traceFlags: 0 }, [podWith()], [/not sampled/]],
  ['no pod', sampled, [], [/no pod/]],
  ['out of memory', sampled, [podWith({ state: oomKilled })], [/main was killed: OOMKilled/]],
  [
    'out of memory before',
    sampled,
    [podWith({ state: { running: {} }, lastState: oomKilled })],
    [/OOMKilled/],
  ],
  [
    'an exit code',
    sampled,
    [podWith({ state: { terminated: { reason: 'Error', exitCode: 3 } } })],
    [/ended with 3 \(Error\)/],
  ],
  [
    'a missing image',
    sampled,
    [podWith({ state: { waiting: { reason: 'ErrImagePull', message: 'not found' } } })],
    [/does not start: ErrImagePull: not found/],
  ],
  ['one that starts', sampled, [podWith({ state: { waiting: { reason: 'ContainerCreating' } } })], []],
  ['no node', sampled, [unscheduled], [/not scheduled: 0\/1 nodes/]],
  ['no mapping', sampled, [podWith({}, ENV.slice(1))], [/got no context/]],
  ['no endpoint', sampled, [podWith({}, ENV.slice(0, 1))], [/no endpoint/]],
] as Array<[string, typeof sampled | undefined, Pod[], RegExp[]]>) {
  test(`says what is wrong: ${name}`, () => {
    const said = whyIncomplete(carried, pods);
    assert.equal(said.length, expected.length, said.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(said[index] ?? '', pattern);
  });
}
