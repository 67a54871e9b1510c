import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { extractContext, injectContext, processEnvCarrier, shellCarrier } from '@beyond-headers/propagation';
import { trace, type Context } from '@opentelemetry/api';
import { SPAN_ID, strict, traceparent } from './cases/carrier-case.ts';
import { withPropagator } from './with-propagator.ts';

const folder = mkdtempSync(join(tmpdir(), 'shell-steps-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'step.sh');

const SHELLS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['sh', 'sh'],
  ['bash', 'bash'],
  ['bash as sh', 'bash', '--posix'],
  ['dash', 'dash'],
  ['busybox', 'busybox', 'sh'],
  ['zsh', 'zsh'],
];

/** Values that a shell might run or expand. That would create the file `hacked`, or change the value. */
const HOSTILE = [
  'a=$(touch hacked)',
  'a=`touch hacked`',
  "a='; touch hacked; '",
  'a="; touch hacked; "',
  String.raw`a=\'; touch hacked; \'`,
  'a=1; touch hacked #',
  'a=1 && touch hacked',
  'a=$HOME ${HOME} $0 $$',
  'a=* ~ ? [a-z] {1..3} !! !1',
  'a=\\ \\\\ \\n \\',
  "'",
  "''",
  '"',
  '-n',
  '',
  ' \t ',
  'a=Zoë 🥇',
  'a=1\r',
];

for (const [name, command = '', ...options] of SHELLS) {
  const isHere = spawnSync(command, [...options, '-c', ':']).status === 0;
  const skip = isHere ? undefined : `left out: there is no ${name} here`;
  const run = (script: string, env: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(command, [...options, '-c', script], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: '/home/of/nobody', LC_ALL: 'C.UTF-8', ...env },
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return stdout;
  };

  test(`${name} reads hostile values as text`, { skip }, () => {
    for (const value of HOSTILE) {
      const lines: string[] = [];
      shellCarrier.set(lines, 'tracestate', value);
      writeFileSync(file, `${lines.join('\n')}\n`);
      // A program that the shell starts must see the value, so the value has to be exported.
      assert.equal(run('. ./step.sh && sh -c \'printf %s. "$TRACESTATE"\''), `${value}.`);
    }
    assert.equal(run('test -e hacked || printf clean'), 'clean');
  });

  test(`${name} forgets the state of an earlier step`, { skip }, () => {
    writeFileSync(file, stepOf(current()).join('\n'));
    const environment = run('set -eu; . ./step.sh; env', { TRACESTATE: 'stale=1', BAGGAGE: 'stale=1' });
    assert.match(environment, new RegExp(`^TRACEPARENT=${traceparent}$`, 'm'));
    assert.doesNotMatch(environment, /stale/);
  });

  test(`${name} passes context into a script and back`, { skip }, () => {
    const source = current();
    const env = withPropagator(strict, () => injectContext(source, {}, processEnvCarrier));
    const script = 'printf "export TRACEPARENT=%s\\n" "$TRACEPARENT" > step.sh';
    run(script, env);
    const lines = readFileSync(file, 'utf8').split('\n');
    const carried = withPropagator(strict, () => extractContext(lines, shellCarrier));
    assert.equal(trace.getSpanContext(carried)?.spanId, SPAN_ID);
  });
}

function current(): Context {
  return withPropagator(strict, () => extractContext([`TRACEPARENT=${traceparent}`], shellCarrier));
}

function stepOf(source: Context): string[] {
  return withPropagator(strict, () => injectContext(source, [] as string[], shellCarrier));
}
