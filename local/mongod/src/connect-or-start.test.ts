import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connectOrStart } from './connect-or-start.ts';
import { startMongod } from './mongod.ts';

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
    await assert.rejects(connectOrStart({}, { MONGODB_URI: uri }, 2_000), ({ message }: Error) => {
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
  await assert.rejects(connectOrStart({}, { MONGODB_URI: uri }), {
    message:
      'Failed to use the MongoDB of MONGODB_URI: Authentication failed. Correct its user, password or authSource.',
  });
});
