import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseIn, holdsSecret, isMongodbUri, withoutSecrets } from './mongodb-uri.ts';

const SECRETS: Array<[uri: string, shown: string]> = [
  ['mongodb://me:hunter2@one.example', 'mongodb://…@one.example/'],
  [
    'mongodb://me:hunter2@one.example:27017,two.example:27017/orders?replicaSet=rs0',
    'mongodb://…@one.example:27017,two.example:27017/orders?replicaSet=rs0',
  ],
  ['mongodb+srv://me:h%40unter2@cluster.example/', 'mongodb+srv://…@cluster.example/'],
  ['mongodb://h/?tlsCertificateKeyFilePassword=hunter2', 'mongodb://h/?tlsCertificateKeyFilePassword=…'],
  ['mongodb://h/?TLSCERTIFICATEKEYFILEPASSWORD=hunter2', 'mongodb://h/?TLSCERTIFICATEKEYFILEPASSWORD=…'],
  [
    'mongodb://h/?proxyHost=p&proxyUsername=u&proxyPassword=hunter2',
    'mongodb://h/?proxyHost=p&proxyUsername=u&proxyPassword=…',
  ],
  ['mongodb://h/?proxy%50assword=hunter2', 'mongodb://h/?proxyPassword=…'],
  [
    'mongodb://h/?authMechanismProperties=SERVICE_NAME:x,AWS_SESSION_TOKEN:hunter2',
    'mongodb://h/?authMechanismProperties=…',
  ],
  [
    'mongodb://h/?authMechanismProperties=AWS_SESSION_TOKEN%3Ahunter2',
    'mongodb://h/?authMechanismProperties=…',
  ],
  [
    'mongodb://h/?authMechanismProperties=A:b&authMechanismProperties=aws_session_token:hunter2',
    'mongodb://h/?authMechanismProperties=A%3Ab&authMechanismProperties=…',
  ],
  // URIs that the driver can't parse, usually because a character of the password is not escaped.
  ['mongodb://me:hunter2/@h/', 'mongodb://…'],
  ['mongodb://me:hunter2@hunter2@h/', 'mongodb://…'],
  ['mongodb://:hunter2@h/', 'mongodb://…'],
  ['mongodb://me:hunter2@h/orders%zz', 'mongodb://…'],
];

for (const [uri, shown] of SECRETS) {
  test(`${uri} is shown as ${shown}`, () => {
    assert.equal(holdsSecret(uri), true);
    assert.equal(withoutSecrets(uri), shown);
    assert.doesNotMatch(withoutSecrets(uri), /unter2/);
  });
}

const HARMLESS = [
  'mongodb://127.0.0.1:27017',
  'mongodb://[::1]:27017/?directConnection=true',
  'mongodb://one.example,two.example/orders?replicaSet=rs0&appName=password',
  'mongodb+srv://cluster.example/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:api',
  'mongodb://CN%3Dme@h/?authMechanism=MONGODB-X509&tlsCertificateKeyFile=%2Fsecret%2Fclient.pem',
];

for (const uri of HARMLESS) {
  test(`${uri} holds no secret`, () => {
    assert.equal(holdsSecret(uri), false);
    assert.equal(withoutSecrets(uri), uri);
    assert.equal(isMongodbUri(uri), true);
  });
}

for (const [uri, database] of [
  ['mongodb://h/orders?replicaSet=rs0', 'orders'],
  ['mongodb+srv://me:p@h/my%2Ddb', 'my-db'],
  ['mongodb://h/', undefined],
  ['mongodb://h', undefined],
  ['mongodb://h/100%', undefined],
  ['orders', undefined],
  ['mongodb://h/orders%zz', undefined],
] as const) {
  test(`${uri} names ${database ?? 'no database'}`, () => assert.equal(databaseIn(uri), database));
}
