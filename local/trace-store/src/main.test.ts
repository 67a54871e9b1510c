import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(t: TestContext, env: Record<string, string>): Child {
  const main = new URL('main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...COMPILE_CACHE, OTLP_HTTP_PORT: '0', TRACES_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => void child.kill('SIGKILL'));
  return child;
}

async function firstLine(stream: Readable): Promise<string> {
  const lines = createInterface({ input: stream });
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the process says where it is and ends with 0 on ${signal}`, { timeout: 20_000 }, async (t) => {
    const child = start(t, {});
    const line = await firstLine(child.stdout);
    const [, otlp, query] = /OTLP\/HTTP at (\S+)\/v1\/traces, traces at (\S+)$/.exec(line) ?? [];
    assert.equal((await fetch(`${query}/readyz`)).status, 200);
    assert.equal((await fetch(`${otlp}/readyz`)).status, 404);
    child.kill(signal);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
}

test('a taken port ends the process with 1 and its variable', { timeout: 20_000 }, async (t) => {
  const holder = createServer();
  await once(holder.listen(0, '127.0.0.1'), 'listening');
  t.after(() => holder.close());
  const { port } = holder.address() as AddressInfo;
  const child = start(t, { TRACES_PORT: String(port) });
  const exit = once(child, 'exit');
  assert.match(
    await firstLine(child.stderr),
    new RegExp(`127.0.0.1:${port}: the port is taken. Set TRACES_PORT`),
  );
  assert.deepEqual(await exit, [1, null]);
});

test('a bad variable ends the process with 1 and its name', { timeout: 20_000 }, async (t) => {
  const child = start(t, { OTLP_HTTP_PORT: 'x' });
  const exit = once(child, 'exit');
  assert.match(await text(child.stderr), /OTLP_HTTP_PORT: got "x"\. Expected a port/);
  assert.deepEqual(await exit, [1, null]);
});
