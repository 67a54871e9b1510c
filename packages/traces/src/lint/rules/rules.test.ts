import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes } from '../../tree/span.ts';
import { ruleIds } from '../finding.ts';
import { lint } from '../lint.ts';
import { A, at, B, C, found, linkTo, message, sent } from '../../testing/lint.ts';
import { ruleOf, rules } from './index.ts';

const KNOWN = 0x100;

test('each rule says what it finds, by which source, and what mends it', () => {
  assert.deepEqual(
    rules.map(({ id }) => id),
    ruleIds,
  );
  for (const { id, definition, sources, cannotKnow, mend } of rules) {
    assert.equal(ruleOf(id).id, id);
    assert.ok(sources.length > 0 && sources.every((source) => URL.canParse(source)), id);
    for (const text of [definition, cannotKnow, mend]) assert.match(text, /^[A-Z].+\.$/, id);
  }
});

test('a parent that is not there makes orphans, one finding for all of them', () => {
  const spans = [
    at(A, '1', undefined, 'shop SERVER GET /', { atMs: [0, 50] }),
    at(A, '2', 'f', 'till SERVER GET /a', { atMs: [1, 5] }),
    at(A, '3', 'f', 'till SERVER GET /b', { atMs: [6, 9] }),
  ];
  assert.deepEqual(found(spans), ['orphan →a2']);
  assert.equal(lint(spans).findings[0]?.severity, 'error');
});

test('a parent that is in another trace is named', () => {
  const spans = [
    at(A, '1', undefined, 'shop SERVER GET /'),
    at(A, 'abc', '1', 'shop CLIENT GET'),
    at(B, '3', 'abc', 'till SERVER GET /a'),
  ];
  assert.deepEqual(found(spans), ['orphan aabc→b3']);
});

test('a request from outside is an orphan that may be right', () => {
  assert.equal(lint([at(A, '2', 'f', 'till SERVER GET /a')]).findings[0]?.severity, 'warning');
});

test('parents in a circle are an orphan, and nothing hangs', () => {
  const spans = [
    at(A, '1', '2', 'shop INTERNAL a'),
    at(A, '2', '1', 'shop INTERNAL b'),
    at(A, '3', '1', 'shop INTERNAL c'),
    at(B, '4', '4', 'shop INTERNAL d'),
  ];
  assert.deepEqual(found(spans), ['orphan →a1', 'orphan →b4']);
});

test('several roots are one finding', () => {
  const spans = ['1', '2', '3'].map((id, index) =>
    at(A, id, undefined, 'shop SERVER GET /', { atMs: [index, index + 1] }),
  );
  assert.deepEqual(found(spans), ['several-roots a1→a2']);
});

test('a span that was not sampled is told apart from one that was lost', () => {
  const dropped = { ...linkTo('9', C), flags: KNOWN };
  const kept = { ...linkTo('9', C), flags: KNOWN | 1 };
  const task = (link: typeof dropped) => [{ ...at(A, '1', undefined, 'shop INTERNAL task'), links: [link] }];
  assert.deepEqual(found(task(dropped)), ['unsampled-half →a1']);
  assert.deepEqual(found(task(kept)), ['missing-link-target →a1']);
  assert.deepEqual(found(task({ ...dropped, flags: 0 })), ['missing-link-target →a1']);
  const child = at(A, '2', 'f', 'till INTERNAL work');
  assert.deepEqual(found([{ ...child, flags: KNOWN }]), ['unsampled-half →a2']);
  assert.deepEqual(found([{ ...child, flags: KNOWN | 1 }]), ['orphan →a2']);
});

test('two spans with one id are found, the same span twice is not', () => {
  const first = at(A, '2', '1', 'shop INTERNAL work', { atMs: [1, 2] });
  const root = at(A, '1', undefined, 'shop SERVER GET /');
  assert.deepEqual(found([root, first, { ...first }]), []);
  assert.deepEqual(found([root, first, { ...first, name: 'rest' }]), ['duplicate-id a2→a2']);
});

test('a span that came through two pipelines is one', () => {
  const [root, child] = [at(A, '1', undefined, 'shop SERVER GET /'), at(A, '2', '1', 'shop INTERNAL work')];
  const pod = { 'service.name': 'shop', 'k8s.pod.name': 'shop-1', 'k8s.pod.uid': 'p1' };
  const enriched = [root, child].map((span) => ({ ...span, resource: pod }));
  assert.deepEqual(found([root, child, ...enriched]), []);
  const other = { ...child, service: 'till', resource: { 'service.name': 'till' } };
  assert.deepEqual(found([root, child, other]), ['duplicate-id a2→a2']);
});

test('of a span that came twice the fuller resource counts', () => {
  const job = { 'k8s.job.uid': 'u1', 'k8s.job.name': 'crunch-1' };
  const launch = at(A, '2', undefined, 'desk PRODUCER launch crunch', { atMs: [0, 20], attributes: job });
  const bare = at(B, '5', undefined, 'crunch CONSUMER run crunch', { atMs: [100, 800] });
  const full = { ...bare, resource: { ...bare.resource, ...job } };
  assert.deepEqual(found([launch, bare, full]), ['lost-context a2→b5']);
  assert.deepEqual(found([launch, full, bare]), ['lost-context a2→b5']);
});

test('a SERVER with the id of its CLIENT is as Zipkin has it', () => {
  const root = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [0, 50] });
  const client = at(A, '2', '1', 'shop CLIENT GET', { atMs: [1, 40] });
  assert.deepEqual(found([root, client, at(A, '2', '1', 'till SERVER GET', { atMs: [5, 30] })]), []);
});

test('a clock that is behind is found between processes alone', () => {
  const root = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [10_000, 10_050] });
  const early = at(A, '2', '1', 'till SERVER GET /a', { atMs: [0, 20] });
  assert.deepEqual(found([root, early]), ['clock a1→a2']);
  assert.deepEqual(found([root, early], { clockMs: 20_000 }), []);
  assert.deepEqual(found([root, { ...early, service: 'shop', resource: root.resource }]), []);
});

test('times that are none are found', () => {
  const zero = { startNs: 0n, endNs: 0n, startMs: 0, endMs: 0 };
  assert.deepEqual(found([{ ...at(A, '1', undefined, 'shop SERVER GET /'), ...zero }]), ['clock →a1']);
  const backwards = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [9_000, 0] });
  assert.deepEqual(found([backwards]), ['clock →a1']);
  const future = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [1e12, 1e12 + 5] });
  assert.deepEqual(found([future]), ['clock →a1']);
});

test('a trace of too many spans, too long or with too many attempts is found', () => {
  const root = at(A, '1', undefined, 'shop PRODUCER send parcels', { attributes: message('m1') });
  const tries = Array.from({ length: 4 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'mail CONSUMER process parcels', {
      atMs: [index * 5_000 + 20, index * 5_000 + 30],
      attributes: message('m1'),
    }),
  );
  const spans = [root, ...tries];
  assert.deepEqual(found(spans), []);
  assert.deepEqual(found(spans, { maxSpans: 4 }), ['unbounded a1→']);
  assert.deepEqual(found(spans, { maxAttempts: 3 }), ['unbounded a1→']);
  assert.deepEqual(found(spans, { maxTraceMs: 10_000 }), ['unbounded a1→']);
});

test('too many children are found', () => {
  const spans = [
    at(A, '1', undefined, 'shop SERVER GET /'),
    ...[2, 3, 4].map((id) => at(A, `${id}`, '1', 'shop INTERNAL step')),
  ];
  assert.deepEqual(found(spans, { maxChildren: 2 }), ['fan-out a1→']);
  assert.deepEqual(found(spans, { maxChildren: 3 }), []);
});

test('a span that outlived its process is found', () => {
  const resource = { 'service.name': 'crunch', 'k8s.pod.uid': 'p1' };
  const root = at(A, '1', undefined, 'desk INTERNAL launch', { atMs: [0, 10] });
  const work = (end: number) => at(A, '2', '1', 'crunch INTERNAL main', { atMs: [20, end], resource });
  const died = at(A, '3', '1', 'desk INTERNAL observe', {
    atMs: [20, 1_000],
    attributes: { 'k8s.pod.uid': 'p1', 'process.exit.code': 137 },
  });
  assert.deepEqual(found([root, work(900), died]), []);
  assert.deepEqual(found([root, work(9_000), died]), ['outlived-process a3→a2']);
});

test('a span that outlived its process is found once, if process and pod both report their end', () => {
  const resource = { 'service.name': 'crunch', 'k8s.pod.uid': 'p1', 'service.instance.id': 'i1' };
  const root = at(A, '1', undefined, 'desk INTERNAL launch', { atMs: [0, 10] });
  const work = at(A, '2', '1', 'crunch INTERNAL main', { atMs: [20, 9_000], resource });
  const exited = at(A, '3', '1', 'crunch INTERNAL run', {
    atMs: [20, 1_000],
    attributes: { 'process.exit.code': 1 },
    resource,
  });
  const observed = at(A, '4', '1', 'desk INTERNAL observe', {
    atMs: [20, 1_000],
    attributes: { 'k8s.pod.uid': 'p1', 'process.exit.code': 1 },
  });
  assert.equal(found([root, work, exited]).length, 1);
  assert.equal(found([root, work, observed]).length, 1);
  assert.deepEqual(found([root, work, exited, observed]), ['outlived-process a3→a2']);
  assert.deepEqual(found([root, observed, exited, work]), ['outlived-process a3→a2']);
});

test('one context for the runs of a schedule is found once', () => {
  const add = at(A, '1', undefined, 'shop PRODUCER add parcels', {
    atMs: [0, 5],
    attributes: message('run-1'),
  });
  const runs = [1, 2, 3].map((run) =>
    at(A, `${run + 1}`, '1', 'mail CONSUMER process parcels', {
      atMs: [run * 1_000, run * 1_000 + 20],
      attributes: message(`run-${run}`),
    }),
  );
  assert.deepEqual(found([add, ...runs]), ['shared-context a1→a3']);
  const [first] = runs;
  assert.ok(first);
  const again = { ...first, spanId: '9'.padStart(16, '0') };
  assert.deepEqual(found([add, first, again]), []);
});

test('the schedule is blamed, not each run with a sender of its own', () => {
  const add = at(A, '1', undefined, 'shop PRODUCER add parcels', {
    atMs: [0, 5],
    attributes: message('run-1'),
  });
  const runs = [1, 2, 3, 4].flatMap((run) => [
    at(A, `${run + 1}`, '1', 'mail CONSUMER process parcels', {
      atMs: [run * 1_000, run * 1_000 + 20],
      attributes: message(`run-${run}`),
    }),
    at(`${run}`.repeat(32), '8', undefined, 'mail PRODUCER add parcels', {
      atMs: [run * 1_000, run * 1_000 + 5],
      attributes: message(`run-${run + 1}`),
    }),
  ]);
  assert.deepEqual(found([add, ...runs]), ['shared-context a1→a3']);
});

const child = (index: number, more: object = {}) =>
  at(A, `${index + 2}`, '1', 'crunch INTERNAL main', {
    atMs: [index * 300 + 100, index * 300 + 120],
    resource: { 'service.name': 'crunch', 'service.instance.id': `${index}` },
    ...more,
  });

test('what repeats under one span that is over shares its context', () => {
  const start = at(A, '1', undefined, 'shop INTERNAL start', { atMs: [0, 5] });
  const twelve = Array.from({ length: 12 }, (_, index) => child(index));
  assert.deepEqual(found([start, ...twelve]), ['shared-context a1→a3']);
  // A few of them, or those that begin at once or while the span lasts, are work that the span started.
  assert.deepEqual(found([start, ...twelve.slice(0, 5)]), []);
  const withoutPauses = twelve.map((each) => ({ ...each, endMs: each.startMs + 290 }));
  assert.deepEqual(found([start, ...withoutPauses]), ['shared-context a1→a3']);
  const atOnce = twelve.map((_, index) => child(index, { atMs: [10 + index, 20] }));
  assert.deepEqual(found([start, ...atOnce]), []);
  assert.deepEqual(found([{ ...start, endMs: start.endMs + 60_000 }, ...twelve]), []);
});

test('requests with the header of a call that is over share its context', () => {
  const call = at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 5] });
  const served = Array.from({ length: 12 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'till SERVER GET', { atMs: [index * 20 + 1, index * 20 + 3] }),
  );
  assert.deepEqual(found([call, ...served]), ['shared-context a1→a3']);
  assert.deepEqual(found([call, ...served.slice(0, 4)]), []);
});

const keyed = (key: string) => ({
  'messaging.system': 'kafka',
  'messaging.destination.name': 'parcels',
  'messaging.kafka.message.key': key,
});

test('messages with keys of their own under one sender share its context', () => {
  const send = at(A, '1', undefined, 'shop PRODUCER send parcels', { atMs: [0, 5], attributes: keyed('k0') });
  const taken = [0, 1, 2].map((index) =>
    at(A, `${index + 2}`, '1', 'mail CONSUMER process parcels', {
      atMs: [index * 900 + 10, index * 900 + 15],
      attributes: keyed(`k${index}`),
    }),
  );
  assert.deepEqual(found([send, ...taken]), ['shared-context a1→a3']);
});

const jobs = (everyMs: number) =>
  Array.from({ length: 6 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'mail CONSUMER process parcels', {
      atMs: [index * everyMs + 60, index * everyMs + 450],
      attributes: message(`m${index}`),
    }),
  );

test('what one request sent may be worked off for long, without pauses', () => {
  const request = at(A, '1', undefined, 'shop SERVER POST /parcels', { atMs: [0, 50] });
  assert.deepEqual(found([request, ...jobs(400)]), []);
  assert.deepEqual(found(jobs(400)), ['orphan →a2']);
  assert.deepEqual(found([request, ...jobs(60_000)]), ['shared-context a1→a3']);
});

test('no backlog of one request lasts for hours', () => {
  const request = at(A, '1', undefined, 'shop SERVER POST /parcels', { atMs: [0, 50] });
  const slow = jobs(1_000_000).map((job) => ({ ...job, endMs: job.startMs + 900_000 }));
  const nowMs = request.startMs + 10_000_000;
  assert.deepEqual(found([request, ...slow], { nowMs }), ['shared-context a1→a3']);
  assert.deepEqual(found(slow, { nowMs }), ['shared-context →a3']);
});

test('messages that were sent together share a context by right', () => {
  const batch = message('', { 'messaging.batch.message_count': 3 });
  const send = at(A, '1', undefined, 'shop PRODUCER send parcels', { atMs: [0, 5], attributes: batch });
  const consumers = [1, 2, 3].map((run) =>
    at(A, `${run + 1}`, '1', 'mail CONSUMER process parcels', {
      atMs: [run * 5_000, run * 5_000 + 20],
      attributes: message(`m${run}`),
    }),
  );
  assert.deepEqual(found([send, ...consumers]), []);
  const uncounted = at(A, '1', undefined, 'shop PRODUCER send parcels', {
    atMs: [0, 5],
    attributes: message(''),
  });
  const soon = consumers.map((each, index) => ({
    ...each,
    startMs: uncounted.endMs + index,
    endMs: uncounted.endMs + index + 1,
  }));
  assert.deepEqual(found([uncounted, ...soon]), []);
});

const newsReceivers = (attributes: (index: number) => Attributes) =>
  Array.from({ length: 12 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'till CONSUMER process news', {
      atMs: [index * 60_000 + 10, index * 60_000 + 20],
      attributes: attributes(index),
      resource: { 'service.name': 'till', 'service.instance.id': `till-${index}` },
    }),
  );

test('receivers of one message repeat nothing, however many they are', () => {
  const send = at(A, '1', undefined, 'shop PRODUCER send news', { atMs: [0, 5], attributes: message('m1') });
  assert.deepEqual(found([send, ...newsReceivers(() => message('m1'))]), []);
  assert.deepEqual(found([send, ...newsReceivers((index) => message(`m${index}`))]), [
    'shared-context a1→a3',
  ]);
});

test('a key that receivers share makes no single message of theirs', () => {
  const send = at(A, '1', undefined, 'shop PRODUCER send news', { atMs: [0, 5], attributes: keyed('k') });
  assert.deepEqual(found([send, ...newsReceivers(() => keyed('k'))]), ['shared-context a1→a3']);
});

const backlog = (everyMs: number) =>
  [1, 2, 3, 4].map((run) =>
    at(A, `${run + 1}`, '1', 'mail CONSUMER process parcels', {
      atMs: [run * everyMs, run * everyMs + 1_400],
      attributes: message(`m${run}`),
    }),
  );

test('a backlog that is worked off may have been sent together', () => {
  const send = at(A, '1', undefined, 'shop PRODUCER send parcels', { atMs: [0, 5], attributes: message('') });
  assert.deepEqual(found([send, ...backlog(1_500)]), []);
  assert.deepEqual(found([send, ...backlog(60_000)]), ['shared-context a1→a3']);
  const named = { ...send, attributes: message('m0') };
  assert.deepEqual(found([named, ...backlog(1_500)]), ['shared-context a1→a3']);
});

test('Jobs of one CronJob with one parent share its context', () => {
  const jobs = ['u1', 'u2'].map((uid, index) =>
    at(A, `${index + 2}`, 'f', 'tidy INTERNAL main', {
      atMs: [index * 60_000, index * 60_000 + 50],
      resource: {
        'service.name': 'tidy',
        'k8s.cronjob.name': 'tidy',
        'k8s.job.uid': uid,
        'k8s.pod.uid': `p${uid}`,
      },
    }),
  );
  assert.deepEqual(found(jobs), ['shared-context →a3']);
});

test('a request that left its SERVER behind is found', () => {
  const http = { 'http.request.method': 'GET', 'url.full': 'http://till/a' };
  const spans = [
    at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 100] }),
    at(A, '2', '1', 'desk SERVER GET /', { atMs: [5, 95] }),
    at(B, '3', undefined, 'desk CLIENT GET', { atMs: [20, 60], attributes: http }),
  ];
  assert.deepEqual(found(spans), ['root-client a2→b3']);
});

const beat = (trace: string, ms: number, url = 'http://registry/desk') =>
  at(trace, '3', undefined, 'desk CLIENT PUT', {
    atMs: [ms, ms + 5],
    attributes: { 'http.request.method': 'PUT', 'url.full': url },
  });

const severities = (spans: Parameters<typeof lint>[0]) =>
  lint(spans).findings.map(({ severity }) => severity);

test('a request that is also made without a call is a timer’s', () => {
  const call = [
    at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 100] }),
    at(A, '2', '1', 'desk SERVER GET /', { atMs: [5, 95] }),
  ];
  assert.deepEqual(severities([...call, beat(B, 20), beat(C, 30_020)]), ['info', 'info']);
  assert.deepEqual(severities([...call, beat(B, 20), beat(C, 30_020, 'http://till/a')]), ['warning', 'info']);
});

const served = (id: string, atMs: [number, number]) => at(A, id, '1', 'desk SERVER GET /', { atMs });

test('a call that began long before is under way as well', () => {
  const shop = at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 90_000] });
  const short = Array.from({ length: 40 }, (_, index) => served(`${index + 10}`, [100 + index, 101 + index]));
  const around = served('2', [200, 300]);
  assert.deepEqual(severities([shop, ...short, around, beat(B, 220)]), ['warning']);
  // The request may belong to either of two calls, so the finding is only a hint.
  const long = served('3', [10, 50_000]);
  assert.deepEqual(severities([shop, long, ...short, around, beat(B, 220)]), ['info']);
  assert.deepEqual(severities([shop, ...short, around, beat(B, 220), beat(C, 30_020)]), ['info', 'info']);
  const first = served('3', [10, 150]);
  const within = beat(C, 142);
  assert.deepEqual(severities([shop, first, ...short, around, beat(B, 220), within]), ['warning', 'info']);
});

const during = (operation: string, count?: number) => {
  const counted: Attributes = count === undefined ? {} : { 'messaging.batch.message_count': count };
  const taken = at(A, '1', undefined, 'desk CONSUMER parcels', {
    atMs: [0, 20_000],
    attributes: message('', { 'messaging.operation.type': operation, ...counted }),
    links: [linkTo('9', C)],
  });
  return found([taken, beat(B, 20)], { rules: ['root-client'] });
};

test('a poll is not a call that other work belongs to', () => {
  for (const count of [0, 1]) assert.deepEqual(during('receive', count), []);
  assert.deepEqual(during('process', 1), ['root-client a1→b3']);
  // Some libraries use `receive` for processing one message.
  assert.deepEqual(during('receive'), ['root-client a1→b3']);
});

test('a poll that such work hangs under elsewhere is its parent', () => {
  const counted = { 'messaging.operation.type': 'receive', 'messaging.batch.message_count': 5 };
  const poll = (trace: string, ms: number) =>
    at(trace, '1', undefined, 'desk CONSUMER parcels', {
      atMs: [ms, ms + 100],
      attributes: message('', counted),
      links: [linkTo('9', C)],
    });
  const usual = ['d', 'e'].flatMap((digit, index) => {
    const trace = digit.repeat(32);
    return [
      poll(trace, index * 1_000),
      { ...beat(trace, index * 1_000 + 20), parentSpanId: '1'.padStart(16, '0') },
    ];
  });
  const spans = [...usual, poll(A, 5_000), beat(B, 5_020)];
  assert.deepEqual(found(spans, { rules: ['root-client'] }), ['root-client a1→b3']);
});

test('a root of a service that others call is a hint', () => {
  const spans = [
    at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 100] }),
    at(A, '2', '1', 'desk SERVER GET /', { atMs: [5, 95] }),
    at(B, '3', undefined, 'desk INTERNAL print', { atMs: [2_000, 2_060] }),
  ];
  assert.deepEqual(found(spans), ['root-client →b3']);
  assert.equal(lint(spans).findings[0]?.severity, 'info');
});

test('what polls, and what a timer does in a service without calls, is right', () => {
  const poll = { 'db.system.name': 'mongodb' };
  const spans = [
    at(A, '1', undefined, 'desk SERVER GET /', { atMs: [0, 95] }),
    at(B, '3', undefined, 'desk CLIENT find jobs', { atMs: [20, 60], attributes: poll }),
    at(C, '4', undefined, 'desk INTERNAL tick', { atMs: [20, 60] }),
  ];
  assert.deepEqual(found(spans), []);
});

test('of what usually hangs under a call the one that does not is found', () => {
  const usual = [B, C].flatMap((trace) => [
    at(trace, '1', undefined, 'desk SERVER GET /', { atMs: [0, 50] }),
    at(trace, '2', '1', 'desk INTERNAL price', { atMs: [10, 20] }),
  ]);
  const spans = [
    ...usual,
    at(A, '1', undefined, 'desk SERVER GET /', { atMs: [1_000, 1_050] }),
    at('d'.repeat(32), '2', undefined, 'desk INTERNAL price', { atMs: [1_010, 1_020] }),
  ];
  assert.deepEqual(found(spans), ['root-client a1→d2']);
});

test('a link to nothing is found once for each span', () => {
  const spans = [at(A, '1', undefined, 'shop INTERNAL task', { links: [linkTo('9', C), linkTo('8', C)] })];
  assert.deepEqual(found(spans), ['missing-link-target →a1']);
  assert.deepEqual(
    found([...spans, at(C, '9', undefined, 'a INTERNAL b'), at(C, '8', '9', 'a INTERNAL c')]),
    [],
  );
});

test('settings choose rules, severities, services, and what is ignored', () => {
  const lost = at(B, '5', undefined, 'mail CONSUMER process parcels', {
    atMs: [20, 30],
    attributes: message('m1'),
  });
  const spans = [...sent(A, 'm1'), lost];
  assert.deepEqual(found(spans, { rules: ['orphan'] }), []);
  assert.deepEqual(found(spans, { services: ['bank'] }), []);
  assert.deepEqual(found(spans, { services: ['shop'] }), ['lost-context a2→b5']);
  const reason = 'mail is being rewritten';
  const ignore = [{ rule: 'lost-context', span: 'mail CONSUMER *', reason }] as const;
  assert.deepEqual(found(spans, { ignore }), []);
  assert.deepEqual(lint(spans, { ignore }).summary.ignored, [{ reason, findings: 1 }]);
  assert.equal(lint(spans, { severities: { 'lost-context': 'info' } }).findings[0]?.severity, 'info');
});

test('a span without ids is refused', () => {
  assert.throws(
    () => lint([{ ...at(A, '1', undefined, 'a INTERNAL b'), spanId: '' }]),
    /a span with the id ""/,
  );
});
