import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { KubectlError } from './kubectl.ts';
import { UsageError } from './output.ts';
import { readSubject } from './subject.ts';

const path = process.env['PATH'];
before(() => void (process.env['PATH'] = '/nowhere'));
after(() => void (process.env['PATH'] = path));

test('takes a Job by the name that kubectl writes', async () => {
  for (const name of ['job/a', 'jobs/a', 'job.batch/a', 'cronjob.batch/a', 'po/a'])
    await assert.rejects(readSubject(name, []), KubectlError, name);
  for (const name of ['deployment/a', 'job.apps/a', 'job/', '', 'job/-a'])
    await assert.rejects(readSubject(name, []), UsageError, name);
});
