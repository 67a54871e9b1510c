import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MongoBulkWriteError,
  MongoExpiredSessionError,
  MongoInvalidArgumentError,
  MongoMissingCredentialsError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
  type AnyError,
  type BulkWriteResult,
} from 'mongodb';
import { isMongoUnavailable } from './mongo-unavailable.ts';

const server = (code: number, errorLabels: string[] = []) =>
  new MongoServerError({ code, errmsg: `code ${code}`, errorLabels });
const timeout = new MongoNetworkTimeoutError('connection 5 to 127.0.0.1:27017 timed out', {});
const writeConcern = (code: number) =>
  new MongoWriteConcernError({ ok: 1, writeConcernError: { code, errmsg: 'waiting for replication' } });
const circular = new Error('no');
circular.cause = circular;
const named = (name: string) => Object.assign(new Error(name), { name });

/** Creates an error as the driver does: from its own error, from errors of the server, or with a write concern error. */
function bulk(made: AnyError | { message: string; writeErrors: object[] }, writeConcernCode?: number) {
  const writeConcernError = writeConcernCode && { code: writeConcernCode };
  const result = { getWriteConcernError: () => writeConcernError } as unknown as BulkWriteResult;
  return new MongoBulkWriteError(made as ConstructorParameters<typeof MongoBulkWriteError>[0], result);
}
const refused = (...codes: number[]) => bulk({ message: 'no', writeErrors: codes.map((code) => ({ code })) });

const PASSING: Record<string, Error> = {
  'a cut connection': new MongoNetworkError('socket hang up'),
  'an answer that is late': timeout,
  'no server to be found': new MongoServerSelectionError('no primary', {} as never),
  'a topology that is closed': new MongoTopologyClosedError(),
  'a session that has expired': new MongoExpiredSessionError(),
  'a pool that is exhausted': named('MongoWaitQueueTimeoutError'),
  'a pool that is closed': named('MongoPoolClosedError'),
  'a shutdown': server(91),
  'an interrupt at shutdown': server(11_600),
  'a primary that stepped down': server(189),
  'a member that is not the primary': server(10_107),
  'a change of state': server(11_602),
  'a time limit': server(262),
  'a time limit of the operation': server(50),
  'a label alone': server(424_242, ['RetryableWriteError']),
  'a write concern that timed out': writeConcern(64),
  'a write concern at a shutdown': writeConcern(91),
  'a bulk write without an answer': bulk(timeout),
  'a bulk write without a server': bulk(new MongoServerSelectionError('no primary', {} as never)),
  'a bulk write at a shutdown': bulk(server(11_600)),
  'a bulk write whose write concern timed out': bulk(writeConcern(64), 64),
  'a bulk write that met conflicts alone': refused(112, 112),
  'a name that DNS does not answer for': Object.assign(new Error('querySrv ETIMEOUT'), {
    syscall: 'querySrv',
  }),
  'a cause': new Error('failed', { cause: new Error('failed', { cause: timeout }) }),
};

const LASTING: Record<string, unknown> = {
  'a duplicate key': server(11_000),
  'a document that is not valid': server(121),
  'a command that is not authorized': server(13),
  'a failed authentication': server(18, ['HandshakeError']),
  'a query that is wrong': server(2),
  'a pipeline that is wrong': server(40_324),
  'a bulk write with a duplicate key': refused(11_000),
  'a bulk write with a duplicate key among conflicts': refused(112, 11_000),
  'a bulk write with a duplicate key and no write concern': bulk(
    { message: 'no', writeErrors: [{ code: 11_000 }] },
    64,
  ),
  'a bulk write that is not authorized': bulk(server(13)),
  'a write concern that no member can satisfy': writeConcern(100),
  'an argument that is wrong': new MongoInvalidArgumentError('no'),
  'an address that is wrong': new MongoParseError('no'),
  'credentials that are missing': new MongoMissingCredentialsError('no'),
  'an error of ours': new TypeError('no'),
  'an error that is its own cause': circular,
  'no error': 'no',
};
for (const [what, error] of Object.entries(PASSING)) {
  test(`may pass: ${what}`, () => assert.equal(isMongoUnavailable(error), true));
}

for (const [what, error] of Object.entries(LASTING)) {
  test(`does not pass: ${what}`, () => assert.equal(isMongoUnavailable(error), false));
}
