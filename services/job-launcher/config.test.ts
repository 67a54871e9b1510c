import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig } from './config.ts';

const SECRETS = [
  'mongodb://me:hunter2@mongo:27017/',
  'mongodb://me:h%40hunter2@one.example,two.example/?replicaSet=rs0',
  'mongodb+srv://me:hunter2@cluster.example/',
  'mongodb://mongo/?tlsCertificateKeyFilePassword=hunter2',
  'mongodb://mongo/?proxyHost=p&proxyPassword=hunter2',
  'mongodb://mongo/?authMechanismProperties=AWS_SESSION_TOKEN:hunter2',
];

for (const uri of SECRETS) {
  test(`a Job gets no secret in plain text: ${uri}`, () => {
    assert.throws(
      () => readConfig(jobLauncherConfig, { JOB_MONGODB_URI: uri }),
      ({ message }: Error) =>
        /JOB_MONGODB_URI: got a value that is not shown\. It holds a password.*JOB_MONGODB_SECRET/.test(
          message,
        ) && !message.includes('hunter2'),
    );
  });
}

test('a URI without a secret reaches the Job as it is', () => {
  const uri = 'mongodb://mongo:27017/?replicaSet=rs0';
  assert.equal(readConfig(jobLauncherConfig, { JOB_MONGODB_URI: uri }).JOB_MONGODB_URI, uri);
});

for (const name of ['JOB_OTLP_ENDPOINT', 'JOB_LOGS_ENDPOINT']) {
  test(`a Job gets no password in ${name}`, () => {
    assert.throws(
      () => readConfig(jobLauncherConfig, { [name]: 'http://me:hunter2@collector:4318' }),
      ({ message }: Error) => message.includes(`${name}: got a value that is not shown.`),
    );
  });
}

for (const namespace of ['a.b', 'x'.repeat(64), '-a', 'A']) {
  test(`${namespace} is not a namespace`, () => {
    assert.throws(
      () => readConfig(jobLauncherConfig, { JOB_NAMESPACE: namespace }),
      /JOB_NAMESPACE: got .*Expected a namespace/,
    );
  });
}
