import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findFreePort, until } from '@beyond-headers/local-process';
import { MongoClient } from 'mongodb';
import { SERVICES } from '../../docker/mongo/services.ts';
import { startMongods, uriOf, type Mongod } from '../support/mongods.ts';
import { childEnvironment } from '../support/child-environment.ts';

/* k8s/components/mongo-three runs a mongod and a sidecar in each of three pods. This test runs them on three ports. */
const MEMBERS = 3;
const DEADLINE_MS = 60_000;

interface Pod {
  mongod: Mongod;
  sidecar: ChildProcess;
  health: string;
}

let folder: string;
let pods: Pod[];
let mongods: Mongod[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beyond-headers-members-'));
  const keyFile = join(folder, 'key');
  await writeFile(keyFile, 'dGhlc2VNZW1iZXJzQWxvbmU=', { mode: 0o400 });
  const credentials = join(folder, 'credentials');
  await mkdir(credentials);
  for (const user of ['root', ...SERVICES.map(({ name }) => name)])
    await writeFile(join(credentials, user), `password-of-${user}`);
  mongods = await startMongods(MEMBERS, ['--keyFile', keyFile]);
  // Starts the member that initiates the set last, so that the others have to wait for it.
  pods = await Promise.all(mongods.toReversed().map((mongod) => startPod(mongod, credentials)));
  await untilReady(pods);
});

after(async () => {
  for (const { sidecar } of pods ?? []) {
    if (sidecar.kill('SIGKILL')) await once(sidecar, 'exit');
  }
  await Promise.all((mongods ?? []).map((mongod) => mongod.kill()));
  await rm(folder, { recursive: true, force: true });
});

async function startPod(mongod: Mongod, credentials: string): Promise<Pod> {
  const port = await findFreePort();
  const env = {
    ...childEnvironment,
    CREDENTIALS_DIR: credentials,
    MONGODB_ADDRESS: mongod.address,
    MONGODB_MEMBER: mongod.address,
    MONGODB_MEMBERS: mongods.map(({ address }) => address).join(','),
    HEALTH_PORT: String(port),
    HOST: '127.0.0.1',
  };
  const sidecar = spawn(process.execPath, ['docker/mongo/sidecar.ts'], { env, stdio: 'ignore' });
  return { mongod, sidecar, health: `http://127.0.0.1:${port}` };
}

async function isReady({ health }: Pod): Promise<boolean> {
  const answer = await fetch(`${health}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

const untilReady = (wanted: Pod[]) =>
  until(
    () => Promise.all(wanted.map(isReady)),
    (ready) => ready.every(Boolean),
    {
      deadlineMs: DEADLINE_MS,
      what: `${wanted.length} members ready`,
    },
  );

function connect(user: string, to: Mongod[]): MongoClient {
  const auth = { username: user, password: `password-of-${user}` };
  return new MongoClient(uriOf(to), { auth, authSource: 'beyond_headers' });
}

test('three members are one set, found from any one', async () => {
  for (const mongod of mongods) {
    await using client = connect('writer', [mongod]);
    const { hosts } = await client.db('admin').command({ hello: 1 });
    assert.deepEqual(
      hosts,
      mongods.map(({ address }) => address),
    );
  }
});

test('a lost primary costs no user and no order', async (t) => {
  const client = connect('writer', mongods);
  t.after(() => client.close());
  const orders = client.db('beyond_headers').collection<{ _id: string }>('orders');
  await orders.insertOne({ _id: 'before' }, { writeConcern: { w: 'majority' } });
  const { primary } = await client.db('admin').command({ hello: 1 });
  const lost = pods.find(({ mongod }) => mongod.address === primary);
  assert.ok(lost);
  await lost.mongod.kill();
  // Retries, because the driver fails at the lost server until it learns of the new primary.
  const write = () =>
    orders.updateOne({ _id: 'then' }, { $set: {} }, { upsert: true, writeConcern: { w: 'majority' } });
  await until(
    () => write().catch(String),
    (result) => typeof result === 'object',
    {
      deadlineMs: DEADLINE_MS,
      what: 'a write to another primary',
    },
  );
  const found = await orders.find({}, { sort: { _id: 1 } }).toArray();
  assert.deepEqual(
    found.map(({ _id }) => _id),
    ['before', 'then'],
  );
  await untilReady(pods.filter((pod) => pod !== lost));
  assert.equal(await isReady(lost), false);
});
