import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { hasKubectl } from '../kustomize/support/kubectl.ts';
import { endOf } from '../support/run.ts';
import { until } from '../support/until.ts';
import { startClusterFor } from './support/cluster.ts';
import { startTraced } from './support/program.ts';

const JOB = [process.execPath, '--import', '@beyond-headers/telemetry/register', 'job-launcher/job.ts'];
const skip = (await hasKubectl()) ? false : 'needs kubectl on the PATH';

/* Runs the plug-in on the stand-in. tests/cluster/kubectl-beyond.test.ts runs it on a real cluster, with all reasons. */
test('kubectl beyond works on the stand-in', { skip }, async (t) => {
  const { env, traces } = await startClusterFor(t, 'example-job:1', JOB);
  const beyond = (...args: string[]) =>
    ended(['beyond', ...args], { ...env, TRACES_QUERY_URL: traces.queryUrl });
  const args = ['example-job', 'example-job:1', `${traces.queryUrl}/api/v3/services`];
  const launch = startTraced(t, 'job-launcher/after/launch.ts', 'launcher', env, args);
  const name = await launch.prints(/job: (\S+)/);

  const over = await until(
    () => beyond('of', `job/${name}`),
    ({ code }) => code === 0,
    {
      deadlineMs: 60_000,
      what: `kubectl beyond of job/${name} ending with 0`,
    },
  );
  assert.match(over.said, /launch example-job[^]*GET[^]*is over, and in the trace\./);

  const nothing = ['--', process.execPath, '-e', '0'];
  const made = await beyond('run', '--', 'create', 'job', 'by-hand', '--image=example-job:1', ...nothing);
  assert.equal(made.code, 0, made.said);
  const [, traceId = ''] = /^trace ([0-9a-f]{32})$/m.exec(made.said) ?? [];
  // Neither the admission policy nor the webhook runs here, so the annotations aren't mapped to variables.
  const alone = await until(
    () => beyond('of', 'job/by-hand'),
    ({ said }) => said.includes('is over'),
    {
      deadlineMs: 60_000,
      what: 'kubectl beyond of job/by-hand saying that it is over',
    },
  );
  assert.equal(alone.code, 1);
  assert.match(alone.said, new RegExp(`is not in the trace ${traceId}[^]*got no context`));

  const unknown = await beyond('of', 'job/unknown');
  assert.equal(unknown.code, 2);
  assert.match(unknown.said, /"unknown" not found/);
});

async function ended(args: string[], env: NodeJS.ProcessEnv) {
  const PATH = `${process.env['PATH']}${delimiter}${join(ROOT, 'packages/kubectl-beyond')}`;
  const { status, stdout, stderr } = await endOf(['kubectl', ...args], {
    env: { HOME: '/nowhere', ...env, PATH },
  });
  return { code: status, said: stdout + stderr };
}
