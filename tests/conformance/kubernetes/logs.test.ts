import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { Log } from '@kubernetes/client-node';
import { config, core, namespace } from './support/cluster.ts';
import { createJob, logOf, runJob } from './support/jobs.ts';
import { shellContainer, shellJob } from './support/manifests.ts';
import { refusalOf } from './support/refusals.ts';
import { lastOf, watchPods } from './support/watches.ts';

describe('a log', { concurrency: true }, () => {
  test('a log can be cut to its end and to a size', async () => {
    const { pods } = await runJob(shellJob('lines', { script: 'echo one; echo two; printf three' }));
    const name = pods[0]?.metadata?.name ?? '';
    const read = (query: object): Promise<string> => core.readNamespacedPodLog({ namespace, name, ...query });
    assert.equal(await read({ tailLines: 1 }), 'three');
    assert.equal(await read({ tailLines: 0 }), '');
    assert.equal(await read({ limitBytes: 2 }), 'on');
    const stamped = (await read({ timestamps: true })).split('\n');
    assert.match(
      stamped.find((line) => line.endsWith(' one')) ?? '',
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z one$/,
    );
    const none = await refusalOf(read({ previous: true }));
    assert.deepEqual(
      [none.code, none.message],
      [400, `previous terminated container "main" in pod "${name}" not found`],
    );
    const negative = await refusalOf(read({ tailLines: -1 }));
    assert.deepEqual([negative.code, negative.causes], [422, ['FieldValueInvalid tailLines']]);
  });

  test('a followed log ends with its container', async () => {
    await createJob(shellJob('followed', { script: 'echo one; sleep 2; echo two' }));
    const pods = await watchPods('followed', (seen) => seen.at(-1)?.object.status?.phase === 'Running');
    const stream = new PassThrough();
    const name = lastOf(pods).metadata?.name ?? '';
    await new Log(config).log(namespace, name, 'main', stream, { follow: true });
    assert.equal(await text(stream), 'one\ntwo\n');
  });

  test('of several containers one must be named', async () => {
    const containers = ['a', 'b'].map((name) => shellContainer(name, `echo ${name}`));
    const { pods } = await runJob(shellJob('pair', { pod: { containers } }));
    const name = pods[0]?.metadata?.name ?? '';
    assert.equal(await logOf(pods[0], 'b'), 'b\n');
    const unnamed = await refusalOf(logOf(pods[0]));
    assert.equal(unnamed.message, `a container name must be specified for pod ${name}, choose one of: [a b]`);
    const unknown = await refusalOf(logOf(pods[0], 'bogus'));
    assert.equal(unknown.message, `container bogus is not valid for pod ${name}`);
  });

  test('one line can be very long', async () => {
    const script = 'x=0123456789; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do x=$x$x; done; echo $x';
    const { pods } = await runJob(shellJob('long-line', { script }));
    assert.equal(await logOf(pods[0]), `${'0123456789'.repeat(4096)}\n`);
  });
});
