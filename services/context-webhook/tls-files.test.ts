import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from 'node:tls';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { createWebhookServer } from './server.ts';
import { selfSigned } from './testing/self-signed.ts';
import { readTlsFiles, renewTls } from './tls-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'tls-files-'));
after(() => rmSync(directory, { recursive: true }));

function store({ key, cert }: { key: Buffer; cert: Buffer }): void {
  writeFileSync(join(directory, 'tls.key'), key);
  writeFileSync(join(directory, 'tls.crt'), cert);
}

async function shownName(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const giveUp = Date.now() + 20_000; !(await condition());) assert.ok(Date.now() < giveUp);
}

test('a renewed certificate is taken, half of one is not', async (t) => {
  store(selfSigned('first'));
  const logger = createLogger('test', 'silent');
  const failed = t.mock.method(logger, 'error', () => undefined);
  const server = createWebhookServer(readTlsFiles(directory), logger).listen(0, '127.0.0.1');
  const stopRenewing = renewTls(server, directory, logger, 20);
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    assert.equal(await shownName(port), 'first');
    writeFileSync(join(directory, 'tls.crt'), 'half');
    await until(async () => (await shownName(port)) === 'first' && failed.mock.callCount() > 0);
    store(selfSigned('second'));
    await until(async () => (await shownName(port)) === 'second');
  } finally {
    stopRenewing();
    server.close();
  }
});

test('a missing certificate is named', () => {
  assert.throws(() => readTlsFiles(join(directory, 'nowhere')), /nowhere/);
});
