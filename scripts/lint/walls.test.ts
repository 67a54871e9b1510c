import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { walls } from './walls.js';

/** Returns the messages that the rule reports for an import in a file. */
function findings(file: string, specifier: string): string[] {
  const found: string[] = [];
  const report = ({ message }: { message: string }) => void found.push(message);
  walls.create({ filename: join(ROOT, file), report }).ImportDeclaration({ source: { value: specifier } });
  return found;
}

const ALLOWED = [
  ['services/poller/queue/claim.ts', '../config.ts'],
  ['services/poller/main.ts', './demo/pause.ts'],
  ['services/poller/demo/poller-demo.ts', './faults.ts'],
  ['services/services.ts', './writer/service.ts'],
  ['local/supervisor/src/ports.ts', '../../../services/services.ts'],
  ['local/supervisor/src/ports.ts', '@beyond-headers/local-process'],
  ['scripts/queue.ts', '../services/poller/cli/main.ts'],
  ['packages/contracts/src/order.ts', 'zod'],
  ['upstream/instrumentation-agenda/src/instrumentation.ts', '@beyond-headers/propagation'],
  ['upstream/instrumentation-agenda/test/agenda.test.ts', '@beyond-headers/local-mongod'],
] as const;

const REFUSED = [
  ['services/poller/loop.ts', '../writer/config.ts'],
  ['services/poller/queue/claim.ts', '../../writer/config.ts'],
  ['services/poller/loop.ts', '@beyond-headers/job-launcher'],
  ['services/poller/loop.ts', '../services.ts'],
  ['services/poller/loop.ts', '@beyond-headers/local-process/command-line'],
  ['services/poller/queue/claim.ts', '../demo/pause.ts'],
  ['local/cluster/src/main.ts', '../../../services/writer/service.ts'],
  ['local/cluster/src/main.ts', '../../../scripts/queue.ts'],
  ['packages/contracts/src/order.ts', '../../../services/services.ts'],
  ['packages/contracts/src/order.ts', '@beyond-headers/supervisor'],
  ['packages/contracts/src/order.ts', '../../../tests/support/expected-tree.ts'],
  ['packages/propagation/src/inject.ts', '@beyond-headers/instrumentation-agenda'],
  ['services/poller/main.ts', '../../upstream/env-carrier/src/index.ts'],
  ['upstream/env-carrier/src/index.ts', '../../../services/services.ts'],
  ['upstream/env-carrier/test/a.test.ts', '../../../tests/support/until.ts'],
] as const;

test('imports along the walls pass', () => {
  for (const [file, specifier] of ALLOWED)
    assert.deepEqual(findings(file, specifier), [], `${file}: ${specifier}`);
});

test('an import through a wall is found', () => {
  for (const [file, specifier] of REFUSED)
    assert.equal(findings(file, specifier).length, 1, `${file}: ${specifier}`);
});
