import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Logger } from '@beyond-headers/service-kit';
import { troubleLog } from './trouble-log.ts';

test('trouble is said once, and its end', () => {
  const lines: string[] = [];
  const note = (level: string) => (first: unknown, text?: string) =>
    void lines.push(`${level} ${text ?? String(first)}`);
  const logger = { warn: note('warn'), info: note('info'), debug: note('debug') } as unknown as Logger;
  const log = troubleLog('pods', logger);
  log.worked('list');
  log.failed('watch', new Error('forbidden'));
  log.failed('watch', new Error('forbidden'));
  log.worked('list');
  log.worked('watch');
  log.worked('watch');
  assert.deepEqual(lines, [
    'warn failed to watch pods; outcomes come from lists until a watch works',
    'debug failed to watch pods; outcomes come from lists until a watch works',
    'info pods: watch works again',
  ]);
});
