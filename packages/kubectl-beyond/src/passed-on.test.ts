import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passedOn, readsStandardInput } from './passed-on.ts';

const passed = (line: string): string => passedOn(line.split(' ')).join(' ');

test('passes on where the object goes', () => {
  const where = '-n team --context staging --kubeconfig=/k --as=root -s https://a --insecure-skip-tls-verify';
  assert.equal(passed(`job hello --image=i ${where}`), where);
  assert.equal(passed('job hello -nteam -n=team --namespace=team'), '-nteam -n=team --namespace=team');
});

test('passes on a dry run and the output', () => {
  assert.equal(passed('job hello --image i --dry-run=server -o yaml'), '--dry-run=server -o yaml');
  assert.equal(passed('job hello --dry-run --output=name'), '--dry-run --output=name');
});

test('takes no value for an option', () => {
  assert.equal(passed('job hello --context --dry-run --image=i'), '--context --dry-run');
  assert.equal(passed('job hello --image=--context --labels=output=a --from=cronjob/n'), '');
  assert.deepEqual(passedOn(['job', '-n']), ['-n', '']);
});

test('knows what reads standard input', () => {
  for (const line of ['-f -', '-f-', '-f=-', '--filename -', '--filename=-'])
    assert.equal(readsStandardInput(line.split(' ')), true, line);
  for (const line of ['-f job.yaml', 'job - --image=i', '--filename=-a'])
    assert.equal(readsStandardInput(line.split(' ')), false, line);
});

test('leaves out the user whom a binding names', () => {
  for (const binding of ['clusterrolebinding', 'rolebinding'])
    for (const user of ['--user=bob', '--user bob'])
      assert.equal(passed(`-n team ${binding} b --clusterrole=view ${user} --as=root`), '-n team --as=root');
  assert.equal(passed('job rolebinding --image=i --user bob'), '--user bob');
});
