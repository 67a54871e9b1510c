import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Image } from '@beyond-headers/local-cluster';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { LASTING } from '../../../services/services.ts';
import { images } from './images.ts';
import { readPorts } from './ports.ts';
import { localProcesses } from './processes.ts';

test('every process with telemetry keeps its spans in the journal of the run', () => {
  const ports = readPorts({});
  const context = { ports, mongodbUri: 'mongodb://127.0.0.1', mongodbDatabase: 'db', kubeconfig: 'k' };
  const traced = localProcesses({ ...context, journals: '/run/journals' }).filter(({ args }) =>
    args.includes('@beyond-headers/telemetry/register'),
  );
  assert.deepEqual(
    traced.map(({ name, env }) => [name, env['TELEMETRY_JOURNAL_DIR']]),
    Object.values(LASTING).flatMap(({ name, isTraced }) => (isTraced ? [[name, '/run/journals']] : [])),
  );
});

test('a service that works by itself awaits all that it needs, and gets its address', () => {
  const ports = readPorts({});
  const context = { ports, mongodbUri: 'mongodb://127.0.0.1', mongodbDatabase: 'db', kubeconfig: 'k' };
  const processes = localProcesses({ ...context, journals: '/run/journals' });
  const [poller, launcher, playground] = ['poller', 'job-launcher', 'playground'].map((one) =>
    processes.find(({ name }) => name === one),
  );
  assert.deepEqual(poller?.uses, ['trace-store', 'mongod', 'job-launcher']);
  // A kept database may contain orders. If the poller started first, its requests to the launcher would be refused.
  assert.deepEqual(poller.awaits, ['mongod', 'job-launcher']);
  assert.equal(poller.env['JOB_LAUNCHER_URL'], `http://127.0.0.1:${ports.jobLauncher}`);
  assert.equal(poller.env['MONGODB_URI'], 'mongodb://127.0.0.1');
  assert.deepEqual(launcher?.uses, ['trace-store', 'cluster']);
  assert.deepEqual(launcher.awaits, ['cluster']);
  assert.equal(launcher.env['KUBECONFIG'], 'k');
  // The launcher has no rights in MongoDB. Only its Jobs do, and they get the address from a Secret.
  assert.equal(launcher.env['MONGODB_URI'], undefined);
  assert.deepEqual(playground?.uses, ['trace-store', 'writer', 'poller', 'job-launcher']);
  assert.deepEqual(playground.awaits, []);
});

test('no program of Node.js compiles its modules at each start of a pod', () => {
  const programs = Object.values<Image>(images()).filter(({ command }) => command[0] === process.execPath);
  assert.ok(programs.length > 1);
  for (const { env } of programs) assert.deepEqual(env, COMPILE_CACHE);
});
