import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { SCENARIOS } from '../../scenarios/scenarios.ts';
import { deployedBy, find } from '../support/overlay.ts';
import { readText } from '../../support/run.ts';
import { CONTEXT, evaluate } from '../support/tiltfile.ts';

const NAMESPACE = 'beyond-headers';

const [up, ci] = await Promise.all([evaluate('up'), evaluate('ci')]);
const objects = await deployedBy(up);
const { scripts } = JSON.parse(await readText('package.json')) as { scripts: Record<string, string> };

test('has the buttons that the demo needs', () => {
  const buttons = up.callsOf('v1alpha1.ui_button');
  const orders = ['place-order', 'place-order-with-report'];
  const breaks = ['break-document', 'break-job', 'break-both'];
  assert.deepEqual(
    buttons.map(({ name }) => name),
    [...orders, ...breaks, 'flood', 'pause', 'resume', 'reset'],
  );
});

test('asks before it deletes, and only then', () => {
  const asking = up.callsOf('v1alpha1.ui_button').filter((button) => button.requires_confirmation);
  assert.deepEqual(
    asking.map(({ name }) => name),
    ['reset'],
  );
});

test('each button is on a resource and starts one command', () => {
  const buttons = up.callsOf('v1alpha1.ui_button');
  assert.deepEqual(
    up.callsOf('v1alpha1.cmd').map(({ start_on: start }) => start.ui_buttons),
    buttons.map(({ name }) => [name]),
  );
  for (const { location } of buttons)
    assert.ok(up.resourceNames.includes(location.component_id), location.component_id);
});

test('each button runs what exists', () => {
  for (const { args } of up.callsOf('v1alpha1.cmd')) assertRuns(args);
});

test('each local resource runs what exists, after what exists', () => {
  for (const evaluation of [up, ci]) {
    for (const { cmd, serve_cmd: serve, resource_deps: deps = [] } of evaluation.callsOf('local_resource')) {
      assertRuns(cmd ?? serve ?? []);
      for (const name of deps) assert.ok(evaluation.resourceNames.includes(name), name);
    }
  }
});

test('ci waits for all scenarios, after everything deployed', () => {
  const byName = new Map(ci.callsOf('local_resource').map((resource) => [resource.name, resource]));
  const scenario = byName.get('scenario');
  assert.deepEqual(scenario?.cmd, ['npm', 'run', '--silent', 'scenario']);
  assert.notEqual(scenario.auto_init, false);
  assert.deepEqual(scenario.resource_deps, ['first-trace']);
  const deployed = ci.callsOf('k8s_resource').map(({ workload, new_name: own }) => own ?? workload);
  assert.deepEqual(new Set(byName.get('first-trace')?.resource_deps), new Set(deployed));
});

test('says where to look when somebody looks', () => {
  assert.deepEqual(ci.prints, []);
  assert.match(up.prints.join('\n'), /http:\/\/127\.0\.0\.1:8080/);
});

/** Checks that a command line names a script of package.json, a file, or an object of the cluster that exists. */
function assertRuns(args: string[]): void {
  const line = args.join(' ');
  if (args[0] === 'npm') assertNpm(args, line);
  else if (args[0] === 'node')
    for (const file of args.slice(1, 3)) assert.ok(existsSync(join(ROOT, file)), line);
  else {
    assert.deepEqual(args.slice(0, 5), ['kubectl', '--context', CONTEXT, '--namespace', NAMESPACE]);
    const target = args.find((arg) => /^(deployment|statefulset|service)\//.test(arg)) ?? '';
    const [kind = '', name = ''] = target.split('/');
    assert.ok(find(objects, kind, name), line);
  }
}

function assertNpm([, command = '', ...args]: string[], line: string): void {
  const script = command === 'run' ? (args.find((arg) => !arg.startsWith('-')) ?? '') : command;
  assert.ok(scripts[script], line);
  const [name] = script === 'scenario' && args.includes('--') ? args.slice(-1) : [];
  if (name)
    assert.ok(
      SCENARIOS.some((scenario) => scenario.name === name),
      line,
    );
}
