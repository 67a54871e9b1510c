import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { runCommand } from './run-command.ts';

const job = (name: string) => ({ kind: 'Job', metadata: { name }, spec: { template: {} } });

/** A kubectl that records its calls. With `-f -`, it also records its input. Otherwise, it prints what the test provides. */
const KUBECTL = `#!/bin/sh
echo "$*" >> "$0.calls"
case "$*" in
  *"-f -") cat > "$0.input"; echo created ;;
  *) cat "$0.prints" ;;
esac
`;

let directory: string;
let file: string;
const path = process.env['PATH'];
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubectl-'));
  file = join(directory, 'kubectl');
  await writeFile(file, KUBECTL);
  await chmod(file, 0o755);
  process.env['PATH'] = `${directory}${delimiter}${path}`;
});
after(async () => {
  process.env['PATH'] = path;
  await rm(directory, { recursive: true });
});

/** Runs the command with a kubectl that first prints these objects. Returns its calls, and the input of the second one. */
async function created(line: string, ...printed: object[]) {
  await writeFile(`${file}.calls`, '');
  await writeFile(`${file}.prints`, printed.map((object) => `${JSON.stringify(object, null, 4)}\n`).join(''));
  const said: string[] = [];
  const output = {
    out: (text: string) => said.push(text),
    error: (text: string) => said.push(text),
    color: false,
  };
  await runCommand(line.split(' '), output);
  const calls = (await readFile(`${file}.calls`, 'utf8')).trim().split('\n');
  return { calls, input: JSON.parse(await readFile(`${file}.input`, 'utf8')) as object, said };
}

test('both commands go to the same cluster', async () => {
  const { calls } = await created('-- create job a --image=i --context=staging -n team -- echo -n', job('a'));
  assert.deepEqual(calls, [
    'create job a --image=i --context=staging -n team --dry-run=client --output=json -- echo -n',
    'create --context=staging -n team -f -',
  ]);
});

test('a dry run stays a dry run', async () => {
  const { calls } = await created('-- create job a --image=i --dry-run=client -o yaml', job('a'));
  assert.equal(calls[1], 'create --dry-run=client -o yaml -f -');
});

test('several objects are created as a list', async () => {
  const { input } = await created('-- create -f jobs.yaml', job('a'), job('b'));
  const template = { metadata: { annotations: {} } };
  const annotated = (name: string) => ({
    kind: 'Job',
    metadata: { name, annotations: {} },
    spec: { template },
  });
  assert.deepEqual(input, { apiVersion: 'v1', kind: 'List', items: [annotated('a'), annotated('b')] });
});

test('names no trace when telemetry is off', async () => {
  const { said } = await created('-- create job a --image=i', job('a'));
  assert.deepEqual(said, ['created']);
});
