import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf } from './attributes.ts';
import { messageFacts, OPERATION, requestFacts } from './facts.ts';
import { Interner } from './interner.ts';

const [CLIENT, PRODUCER, CONSUMER] = [3, 4, 5];
const texts = new Interner();

const read = (attributes: Record<string, unknown>) => fieldsOf(Object.entries(attributes));

const message = (attributes: Record<string, unknown>, kind = CONSUMER, name = '') =>
  messageFacts(read(attributes), kind, name, texts) ?? assert.fail();

test('a system is the same under each of its names', () => {
  for (const names of [
    ['AmazonSQS', 'aws_sqs', 'aws.sqs'],
    ['servicebus', 'azure_servicebus', 'Azure.ServiceBus'],
    ['gcp_pubsub', 'google_pubsub', 'pubsub'],
    ['rabbitmq', 'RabbitMQ'],
  ])
    assert.equal(new Set(names.map((name) => message({ 'messaging.system': name }).system)).size, 1);
  const [sqs, sns] = ['aws_sqs', 'aws_sns'].map((name) => message({ 'messaging.system': name }).system);
  assert.notEqual(sqs, sns);
  assert.notEqual(message({ 'messaging.system': 'aws' }).system, 0);
});

test('a place in a topic names the message', () => {
  const at = (topic: string, partition: string, offset: number, more = {}) =>
    message({
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': partition,
      'messaging.kafka.offset': offset,
      ...more,
    }).id;
  assert.equal(at('orders', '0', 41), at('orders', '0', 41));
  assert.notEqual(at('orders', '0', 41), 0);
  for (const other of [at('mails', '0', 41), at('orders', '1', 41), at('orders', '0', 42)])
    assert.notEqual(other, at('orders', '0', 41));
  const old = {
    'messaging.destination': 'orders',
    'messaging.kafka.partition': 0,
    'messaging.kafka.message.offset': '41',
  };
  assert.equal(message(old).id, at('orders', '0', 41));
  const source = {
    'messaging.source.name': 'orders',
    'messaging.kafka.source.partition': 0,
    'messaging.kafka.message.offset': 41,
  };
  assert.equal(message(source).id, at('orders', '0', 41));
  assert.equal(texts.text(at('orders', '0', 41, { 'messaging.message.id': 'm1' })), 'm1');
  assert.equal(at('', '0', 41), 0);
  assert.equal(message({ 'messaging.destination.name': 'orders', 'messaging.kafka.offset': 41 }).id, 0);
});

const operation = (word: string, kind = CLIENT) =>
  message({ 'messaging.system': 'x', 'messaging.operation': word }, kind).operation;

test('an operation is known by the words of many libraries', () => {
  assert.deepEqual(
    ['enqueue', 'Produce'].map((word) => operation(word)),
    [OPERATION.SEND, OPERATION.SEND],
  );
  assert.deepEqual(
    ['fetch', 'pull'].map((word) => operation(word)),
    [OPERATION.RECEIVE, OPERATION.RECEIVE],
  );
  for (const word of ['complete', 'abandon', 'modack', 'nak', 'acknowledge'])
    assert.equal(operation(word), OPERATION.SETTLE, word);
  assert.equal(operation('consume', CONSUMER), OPERATION.PROCESS, 'the kind decides');
  assert.equal(operation('unknown', PRODUCER), OPERATION.SEND);
});

test('a name has the destination before or after its verb', () => {
  for (const name of ['mailers enqueue', 'mailers subscribe', 'enqueue mailers', 'mailers process'])
    assert.equal(texts.text(message({}, CONSUMER, name).destination), 'mailers', name);
});

const pathOfCall = (attributes: Record<string, string>) =>
  texts.text(requestFacts(read({ 'rpc.system': 'grpc', ...attributes }), texts)?.path ?? 0);

test('a call has one path, whether its service is apart', () => {
  assert.equal(pathOfCall({ 'rpc.service': 's.Feed', 'rpc.method': 'Get' }), 's.Feed/Get');
  assert.equal(pathOfCall({ 'rpc.method': 's.Feed/Get' }), 's.Feed/Get');
  assert.equal(pathOfCall({ 'rpc.service': 's.Feed', 'rpc.method': '/s.Feed/Get' }), 's.Feed/Get');
});

test('a host is the same with a port and without', () => {
  const hostOf = (fields: Record<string, string>) =>
    texts.text(requestFacts(read({ 'http.request.method': 'GET', ...fields }), texts)?.host ?? 0);
  for (const [host, expected] of [
    ['Till:8080', 'till'],
    ['10.1.2.3:80', '10.1.2.3'],
    ['fe80::1:2', 'fe80::1:2'],
    ['[fe80::1]:80', 'fe80::1'],
    ['[fe80::1]', 'fe80::1'],
  ] as const)
    assert.equal(hostOf({ 'server.address': host }), expected);
  for (const [url, expected] of [
    ['http://till:8080/a', 'till'],
    ['http://[fe80::1]:80/a', 'fe80::1'],
    ['http://[fe80::1]/a', 'fe80::1'],
  ] as const)
    assert.equal(hostOf({ 'url.full': url }), expected);
  assert.equal(
    texts.text(
      requestFacts(read({ 'http.method': 'GET', 'http.url': 'http://[::1]:8/a' }), texts)?.path ?? 0,
    ),
    '/a',
  );
});
