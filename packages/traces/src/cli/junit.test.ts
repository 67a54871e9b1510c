import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toJunit } from './junit.ts';

test('what holds is a test case without more', () => {
  const report = toJunit({ name: 'tree.yaml', seconds: 1.23456, code: 0 });
  assert.match(report, /<testsuite name="traces assert" tests="1" failures="0" errors="0" time="1\.235">/);
  assert.match(report, /<testcase classname="traces" name="tree\.yaml" time="1\.235"><\/testcase>/);
});

test('a difference is a failure, what can not be read an error', () => {
  assert.match(
    toJunit({ name: 'a', seconds: 0, code: 1, message: 'one line differs\n\n- b' }),
    /failures="1" errors="0".*<failure message="one line differs">one line differs\n\n- b<\/failure>/s,
  );
  assert.match(
    toJunit({ name: 'a', seconds: 0, code: 2, message: 'no answer' }),
    /failures="0" errors="1".*<error message="no answer">no answer<\/error>/s,
  );
});

test('text of others stays text', () => {
  const report = toJunit({ name: 'a"<b>&', seconds: 0, code: 1, message: '\u0000\u001b[31m]]>\ud800 <x>' });
  assert.match(report, /name="a&quot;&lt;b&gt;&amp;"/);
  assert.match(report, /message="··\[31m\]\]&gt;· &lt;x&gt;"/);
});
