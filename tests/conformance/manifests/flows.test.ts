import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KUBERNETES, readManifests } from '../hardening/read-manifests.ts';
import { demo } from './demo.ts';
import { jobOf } from './environment-of.ts';
import { allowedFlows, describeFlow } from './flows.ts';
import { podsOf } from './pods.ts';
import { neededByTrace } from './trace-flows.ts';
import type { KubernetesObject } from '../hardening/kubernetes-object.ts';

const demoWithPolicies = () => demo('components/network-policies');

interface Row {
  flow: string;
  why: string;
}

/** Reads the table of a README. Returns a row for each flow. */
function rowsOf(path: string): Row[] {
  const lines = readFileSync(join(KUBERNETES, path), 'utf8').split('\n');
  const cells = lines
    .filter((line) => /^\| (?!from|-)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return cells.flatMap(([, from = '', to = '', ports = '', why = '']) =>
    from
      .split(', ')
      .flatMap((sender) =>
        ports
          .split(', ')
          .map((port) => ({ flow: describeFlow({ from: sender, to, port: Number(port) }), why })),
      ),
  );
}

const flowsOf = (objects: KubernetesObject[]): string[] => {
  const pods = [...podsOf(objects), jobOf(objects).pod];
  return [...new Set(allowedFlows(objects, pods).map(describeFlow))].toSorted();
};

const DEMO_ROWS = rowsOf('components/network-policies/README.md');
const PRODUCTION_ROWS = rowsOf('overlays/production-like/README.md');

test('network policies allow only the listed flows', () => {
  assert.deepEqual(flowsOf(demoWithPolicies()), DEMO_ROWS.map(({ flow }) => flow).toSorted());
});

test('every flow of the table has a reason', () => {
  assert.deepEqual(
    [...DEMO_ROWS, ...PRODUCTION_ROWS].filter(({ why }) => why.length < 5),
    [],
  );
});

test('each edge of the trace has its flow', () => {
  const flows = flowsOf(demoWithPolicies());
  assert.deepEqual(
    neededByTrace().filter(({ flow }) => !flows.includes(flow)),
    [],
  );
});

test('a reason that names a span names one of the trace', () => {
  const needed = neededByTrace();
  const named = DEMO_ROWS.flatMap(({ flow, why }) =>
    /`(.+)`/.exec(why)?.[1] ? [{ flow, span: /`(.+)`/.exec(why)?.[1] }] : [],
  );
  assert.ok(named.length >= 5);
  assert.deepEqual(
    named.filter(({ flow, span }) => !needed.some((one) => one.flow === flow && one.span === span)),
    [],
  );
});

test('production adds the ends that are outside', () => {
  const objects = structuredClone(readManifests(['overlays/production-like']).map(({ object }) => object));
  const names = new Set([...podsOf(objects).map(({ name }) => name), 'report-job']);
  const isThere = ({ flow }: Row) => {
    const [from = '', to = ''] = flow.split(/ → |:\d+$/);
    return names.has(from) && (names.has(to) || ['anywhere', 'kube-system/kube-dns'].includes(to));
  };
  const expected = [...DEMO_ROWS.filter(isThere), ...PRODUCTION_ROWS].map(({ flow }) => flow);
  assert.deepEqual(flowsOf(objects), expected.toSorted());
});

for (const [name, lost, policy] of [
  ['the poller may not call the launcher', 'poller → job-launcher:8083', 'poller'],
  ['the database lets the writer not in', 'writer → mongo:27017', 'mongo'],
  ['spans are not let out', 'report-job → jaeger:4318', 'spans'],
] as const) {
  test(`an edge without a flow is found: ${name}`, () => {
    const objects = demoWithPolicies().filter(
      ({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata?.name !== policy,
    );
    const flows = flowsOf(objects);
    assert.ok(
      neededByTrace().some(({ flow }) => flow === lost && !flows.includes(flow)),
      lost,
    );
  });
}

test('without a policy that denies, everything is a flow', () => {
  const objects = demoWithPolicies().filter(({ metadata }) => metadata?.name !== 'default-deny');
  assert.ok(flowsOf(objects).includes('mongo → anywhere:0'));
});
