import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../hardening/kubernetes-object.ts';
import { demo } from './demo.ts';
import { wiringFindings } from './wiring.ts';

test('what one object calls another by is there', () => {
  assert.deepEqual(wiringFindings(demo()), []);
});

for (const [name, expected, spoil] of [
  [
    'port of a container',
    /Service writer: 8081 is 8091 in the pod/,
    (objects) => Object.assign(container(objects, 'writer').ports?.[0] ?? {}, { containerPort: 8091 }),
  ],
  [
    'port of a Service',
    /^poller: JOB_LAUNCHER_URL=http:\/\/job-launcher:8083, but no Service job-launcher has the port 8083/m,
    (objects) => Object.assign(find(objects, 'Service', 'job-launcher').spec?.ports?.[0] ?? {}, { port: 80 }),
  ],
  [
    'name of a Secret',
    /^writer: there is no Secret writer-mongodb/m,
    (objects) => objects.splice(objects.indexOf(find(objects, 'Secret', 'writer-mongodb')), 1),
  ],
  [
    'Secret of the Jobs',
    /^job-launcher: there is no Secret report-job-mongodb/m,
    (objects) => objects.splice(objects.indexOf(find(objects, 'Secret', 'report-job-mongodb')), 1),
  ],
  [
    'label of the pods',
    /Service poller selects 0 workloads/,
    (objects) =>
      Object.assign(find(objects, 'Deployment', 'poller').spec?.template?.metadata ?? {}, {
        labels: { app: 'poller' },
      }),
  ],
] as Array<[string, RegExp, (objects: KubernetesObject[]) => unknown]>) {
  test(`a wrong ${name} is found`, () => {
    const objects = demo();
    spoil(objects);
    assert.match(wiringFindings(objects).join('\n'), expected);
  });
}

function find(objects: KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata?.name === name);
  assert.ok(found, `${kind} ${name}`);
  return found;
}

function container(objects: KubernetesObject[], name: string) {
  const [found] = find(objects, 'Deployment', name).spec?.template?.spec?.containers ?? [];
  assert.ok(found);
  return found;
}
