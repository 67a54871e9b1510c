import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findFreePort, until } from '@beyond-headers/local-process';
import { findMongod } from '@beyond-headers/local-mongod';
import { MongoClient } from 'mongodb';
import { SERVICES } from '../../docker/mongo/services.ts';

/* What k8s/components/mongo-three runs in three pods: a mongod and a sidecar each, here on three ports. */
const MEMBERS = 3;
const START_DEADLINE_MS = 60_000;

interface Pod {
  member: string;
  health: string;
  mongod: ChildProcess;
}

let folder: string;
const pods: Pod[] = [];
const sidecars: ChildProcess[] = [];
const seeds = () => pods.map(({ member }) => member).join(',');

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beyond-headers-members-'));
  const program = await findMongod();
  const keyFile = join(folder, 'key');
  await writeFile(keyFile, 'dGhlc2VNZW1iZXJzQWxvbmU=', { mode: 0o400 });
  const credentials = join(folder, 'credentials');
  await mkdir(credentials);
  for (const user of ['root', ...SERVICES.map(({ name }) => name)])
    await writeFile(join(credentials, user), `password-of-${user}`);
  for (let index = 0; index < MEMBERS; index++) pods.push(await startMongod(program, keyFile, index));
  // The one that makes the set comes last, so that the others have to wait for it.
  for (const pod of pods.toReversed()) sidecars.push(startSidecar(pod, credentials));
  await until(() => areReady(pods), Boolean, { deadlineMs: START_DEADLINE_MS, what: 'three ready members' });
});

after(async () => {
  await Promise.all([...sidecars, ...pods.map(({ mongod }) => mongod)].map(end));
  await rm(folder, { recursive: true, force: true });
});

async function startMongod(program: string, keyFile: string, index: number): Promise<Pod> {
  const [port, healthPort] = [await findFreePort(), await findFreePort()];
  const dbPath = join(folder, `data-${index}`);
  await mkdir(dbPath);
  const member = `127.0.0.1:${port}`;
  const cache = ['--wiredTigerCacheSizeGB', '0.25'];
  const set = ['--replSet', 'rs0', '--keyFile', keyFile, '--bind_ip', '127.0.0.1', '--port', String(port)];
  const mongod = spawn(program, [...set, ...cache, '--dbpath', dbPath, '--quiet'], { stdio: 'ignore' });
  return { member, health: `http://127.0.0.1:${healthPort}`, mongod };
}

function startSidecar({ member, health }: Pod, credentials: string): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    CREDENTIALS_DIR: credentials,
    MONGODB_ADDRESS: member,
    MONGODB_MEMBER: member,
    MONGODB_MEMBERS: seeds(),
    HEALTH_PORT: new URL(health).port,
    HOST: '127.0.0.1',
  };
  return spawn(process.execPath, ['docker/mongo/sidecar.ts'], { env, stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function isReady({ health }: Pod): Promise<boolean> {
  const answer = await fetch(`${health}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

async function areReady(members: Pod[]): Promise<boolean> {
  return (await Promise.all(members.map(isReady))).every(Boolean);
}

function clientFor(user: string, hosts: string): MongoClient {
  const database = 'beyond_headers';
  return new MongoClient(
    `mongodb://${user}:password-of-${user}@${hosts}/?replicaSet=rs0&authSource=${database}`,
  );
}

test('three members are one set, found from any one', async () => {
  for (const { member } of pods) {
    const client = clientFor('writer', member);
    const { hosts, setName } = await client.db('admin').command({ hello: 1 });
    assert.equal(setName, 'rs0');
    assert.deepEqual(
      hosts,
      pods.map((pod) => pod.member),
    );
    await client.close();
  }
});

test('a lost primary costs no user and no order', async () => {
  const client = clientFor('writer', seeds());
  const orders = client.db('beyond_headers').collection<{ _id: string }>('orders');
  await orders.insertOne({ _id: 'before' }, { writeConcern: { w: 'majority' } });
  const { primary } = await client.db('admin').command({ hello: 1 });
  const lost = pods.find(({ member }) => member === primary);
  assert.ok(lost);
  await end(lost.mongod);
  await orders.insertOne({ _id: 'after' }, { writeConcern: { w: 'majority' } });
  const found = await orders.find({}, { sort: { _id: 1 } }).toArray();
  assert.deepEqual(
    found.map(({ _id }) => _id),
    ['after', 'before'],
  );
  await client.close();
  const others = pods.filter((pod) => pod !== lost);
  await until(() => areReady(others), Boolean, { deadlineMs: START_DEADLINE_MS, what: 'two ready members' });
  assert.equal(await isReady(lost), false);
});
