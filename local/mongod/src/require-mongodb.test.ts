import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { BSON } from 'mongodb';

import { findFreePort } from '@beyond-headers/local-process';

import { findMongod } from './find-mongod.ts';
import { startMongod } from './mongod.ts';
import { launch } from './process.ts';
import { untilItListens } from './replica-set.ts';
import { requireMongodb } from './require-mongodb.ts';

const HOST = '127.0.0.1:1';

/** Wrong values of MONGODB_URI, with the driver's reason and the advice in the error. */
const WRONG: [uri: string, reason: RegExp, advice: RegExp][] = [
  [`mongodb://u:hun/ter2@${HOST}/`, /Password contains unescaped characters/, /Percent-encode/],
  [`mongodb://u:hun:ter2@${HOST}/`, /Password contains unescaped characters/, /Percent-encode/],
  [`mongodb://u@x:hunter2@${HOST}/`, /unescaped|Invalid connection string/, /Percent-encode/],
  [`mongodb://u:hun@ter2@${HOST}/`, /Invalid connection string/, /Percent-encode/],
  [`mongodb://u:hun%ter2@${HOST}/`, /URI malformed/, /Percent-encode/],
  [`mongodb://u:hunter2@`, /Protocol and host list are required/, /Expected mongodb:/],
  [`http://u:hunter2@${HOST}`, /Invalid scheme/, /Expected mongodb:/],
  [`mongodb://u:hunter2@127.0.0.1:99999/`, /Unable to parse/, /Expected mongodb:/],
  [`mongodb://u:hunter2@${HOST}/?nope=1`, /option nope is not supported/, /Expected mongodb:/],
  [`mongodb://u:hunter2@h.invalid/`, /ENOTFOUND h\.invalid|EAI_AGAIN/, /Start it, correct MONGODB_URI/],
  [`mongodb+srv://u:hunter2@h.invalid/`, /querySrv/, /Start it, correct MONGODB_URI/],
  [`mongodb://u:hunter2@${HOST}/`, /ECONNREFUSED 127\.0\.0\.1:1/, /within 2000 ms\. Start it/],
  // The password is everything between `u:` and the last @.
  [`mongodb://u:p@hunter2/w@${HOST}/`, /./, /MONGODB_URI|Percent-encode/],
];

for (const [uri, reason, advice] of WRONG) {
  test(`${uri} is refused with its reason, without its password`, async () => {
    await assert.rejects(requireMongodb(uri, 2_000), ({ message }: Error) => {
      assert.match(message, /^Failed to use the MongoDB of MONGODB_URI: /);
      assert.match(message, reason);
      assert.match(message, advice);
      assert.doesNotMatch(message, /hun|ter2/);
      return true;
    });
  });
}

test('a wrong password is what MongoDB says it is', async (t) => {
  const mongod = await startMongod({ standalone: true });
  t.after(() => mongod.close());
  const uri = `mongodb://u:hunter2@127.0.0.1:${mongod.port}/`;
  await assert.rejects(requireMongodb(uri), {
    message:
      'Failed to use the MongoDB of MONGODB_URI: Authentication failed. Correct its user, password or authSource.',
  });
});

const REACH_MS = 1_000;
const failure = (uri: string) =>
  requireMongodb(uri, REACH_MS).then(
    () => assert.fail(`${uri} was accepted`),
    ({ message }: Error) => message,
  );

/** Options that a running replica set doesn't fit, with the advice in the error. */
const UNFIT: [options: string, advice: RegExp][] = [
  ['replicaSet=other', /It is not a member of the replica set "other"\. Correct or remove replicaSet/],
  ['replicaSet=other&directConnection=true', /or is not a member of the replica set "other"\./],
  ['readPreference=secondary', /It answers, but .* Correct or remove readPreference/],
  ['tls=true', /The server does not use TLS: remove tls=true/],
  ['tls=true&tlsCAFile=/no/such.pem', /ENOENT.* Correct or remove the option/],
  ['compressors=snappy', /Optional module `snappy` not found.* Correct or remove the option/],
  ['loadBalanced=true', /load balancing mode.* Correct or remove the option/],
];

test('an option that a running server does not fit is named', async (t) => {
  const mongod = await startMongod();
  t.after(() => mongod.close());
  for (const [options, advice] of UNFIT) {
    const message = await failure(`mongodb://127.0.0.1:${mongod.port}/?${options}`);
    assert.match(message, advice);
    assert.doesNotMatch(message, /Start it/);
  }
});

test('a replica set that is not initiated is named', async (t) => {
  const port = await findFreePort();
  const mongod = await launch({
    program: await findMongod(),
    dbPath: mkdtempSync(join(tmpdir(), 'beyond-headers-ghost-')),
    port,
    standalone: false,
    temporary: true,
    testCommands: false,
    checkpointEveryS: 60,
  });
  t.after(() => mongod.stop(0));
  await untilItListens(port, AbortSignal.timeout(30_000));
  assert.match(await failure(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`), /run rs\.initiate\(\)/);
});

test('a server that does not answer is not named by its options', async (t) => {
  const port = await listening(t, () => {});
  assert.match(
    await failure(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`),
    /Expected a MongoDB that answers/,
  );
  const direct = await failure(`mongodb://127.0.0.1:${port}/?replicaSet=rs0&directConnection=true`);
  assert.match(direct, /does not answer within 1000 ms, or is not a member/);
});

for (const host of ['%2Fno%2Fsuch.sock', '[0:0:0:0:0:0:0:1]:1', 'no%2Dsuch.invalid']) {
  test(`a server at ${host} did not answer`, async () => {
    assert.match(await failure(`mongodb://${host}/`), /Expected a MongoDB that answers/);
  });
}

test('a replica set without a primary is named', async (t) => {
  const port = await memberOf(t, (own) => ({ ismaster: false, secondary: true, hosts: [own], me: own }));
  const address = `mongodb://127.0.0.1:${port}/?replicaSet=rs0`;
  assert.match(await failure(address), /has no primary\. .* rs\.status\(\)/);
  assert.match(await failure(`${address}&readPreference=nearest&readPreferenceTags=dc:no`), /readPreference/);
});

test('a replica set at an unreachable address is named', async (t) => {
  const address = 'mongo.invalid:27017';
  const port = await memberOf(t, () => ({ ismaster: true, hosts: [address], me: address, primary: address }));
  for (const options of ['', '?replicaSet=rs0']) {
    const message = await failure(`mongodb://127.0.0.1:${port}/${options}`);
    assert.match(
      message,
      /its replica set is at mongo\.invalid:27017, which is unreachable .* directConnection=true/,
    );
  }
});

/** Returns the port of a server that answers every command like a member of a replica set. `describe` gets its address. */
function memberOf(t: TestContext, describe: (own: string) => object): Promise<number> {
  return listening(t, (socket) =>
    socket.on('data', (message: Buffer) => {
      const set = { ok: 1, setName: 'rs0', minWireVersion: 0, maxWireVersion: 21 };
      const hello = BSON.serialize({ ...set, ...describe(`127.0.0.1:${socket.localPort}`) });
      // The header and flags of an OP_REPLY with one document, because a driver's first message is an OP_QUERY.
      const header = Buffer.alloc(36);
      header.writeInt32LE(header.length + hello.length, 0);
      header.writeInt32LE(message.readInt32LE(4), 8);
      header.writeInt32LE(1, 12);
      header.writeInt32LE(1, 32);
      socket.write(Buffer.concat([header, hello]));
    }),
  );
}

/** Starts a server, and returns its port. */
async function listening(t: TestContext, onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    // The driver waits 30 s for the first answer, even if the client is closed.
    t.after(() => socket.destroy());
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}
