import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localProcesses } from './processes.ts';

const ports = {
  playground: 1,
  writer: 2,
  poller: 3,
  jobLauncher: 4,
  cluster: 5,
  traces: 6,
  otlp: 7,
  mongodb: 8,
};

test('every process with telemetry keeps its spans in the journal of the run', () => {
  const context = { ports, mongodbUri: 'mongodb://127.0.0.1', mongodbDatabase: 'db', kubeconfig: 'k' };
  const traced = localProcesses({ ...context, journals: '/run/journals' }).filter(({ args }) =>
    args.includes('@beyond-headers/telemetry/register'),
  );
  assert.deepEqual(
    traced.map(({ name, env }) => [name, env['TELEMETRY_JOURNAL_DIR']]),
    ['writer', 'poller', 'job-launcher'].map((name) => [name, '/run/journals']),
  );
});
