import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveIdBack, stampDocument } from './stamp-document.ts';

const context = { traceparent: 'now' };
const STAMP = { field: 'context', context };
const NONE = { field: 'context', context: undefined };
const OLD = { traceparent: 'before' };

test('a copy carries the stamp and the original does not', () => {
  const document = Object.freeze({ total: 1, context: OLD });
  assert.deepEqual(stampDocument(document, STAMP), { total: 1, context });
  assert.deepEqual(stampDocument(document, NONE), { total: 1 });
  assert.deepEqual(document, { total: 1, context: OLD });
});

test('a class keeps its instances', () => {
  class Order {
    total = 1;
  }
  const copy = stampDocument(new Order(), STAMP);
  assert.ok(copy instanceof Order);
  assert.deepEqual(Object.entries(copy), Object.entries({ total: 1, context }));
});

test('accessors of a class keep nothing from the copy', () => {
  class Order {
    get context(): string {
      return 'read only';
    }
    set total(_value: unknown) {
      throw new Error('not on a copy');
    }
  }
  const order = Object.defineProperty(new Order(), 'total', { value: 1, enumerable: true });
  assert.deepEqual(Object.entries(stampDocument(order, STAMP)), Object.entries({ total: 1, context }));
  assert.deepEqual(Object.entries(stampDocument(order, NONE)), [['total', 1]]);
});

test('a field that is named like the prototype is kept', () => {
  const copy = stampDocument(JSON.parse('{"__proto__":{"total":1}}'), STAMP);
  assert.deepEqual(Object.keys(copy), ['__proto__', 'context']);
  assert.equal(Object.getPrototypeOf(copy), Object.prototype);
});

test('a map stays a map', () => {
  const map = new Map<string, unknown>([['context', OLD]]);
  assert.deepEqual(stampDocument(map, STAMP), new Map([['context', context]]));
  assert.deepEqual(stampDocument(map, NONE), new Map());
  assert.deepEqual(map, new Map([['context', OLD]]));
});

test('what toBSON gives is stamped', () => {
  assert.deepEqual(stampDocument({ toBSON: () => ({ total: 1 }) }, STAMP), { total: 1, context });
  assert.deepEqual(stampDocument({ toBSON: 1 }, NONE), { toBSON: 1 });
});

test('toBSON is asked once', () => {
  const own = {
    total: 1,
    toBSON(): object {
      return { ...this, total: 2 };
    },
  };
  class Order {
    total = 1;
    toBSON(): object {
      return Object.assign(new Order(), this);
    }
  }
  assert.deepEqual(stampDocument(own, STAMP), { total: 2, context });
  assert.deepEqual(stampDocument(new Order(), STAMP), { total: 1, context });
});

test('what is not a document is named', () => {
  const refused: [unknown, string][] = [
    [null, 'null'],
    [undefined, 'undefined'],
    ['text', 'text'],
    [[], 'an array'],
    [Buffer.of(5), 'Buffer'],
    [new Uint8Array(5), 'Uint8Array'],
  ];
  for (const [document, name] of refused) {
    assert.throws(() => stampDocument(document, STAMP), {
      name: 'TypeError',
      message: `Failed to stamp a document: got ${name}. Expected an object; raw BSON can't be stamped.`,
    });
  }
});

test('an id is given to what has none', () => {
  const given: { _id?: unknown }[] = [{}, { _id: null }, { _id: undefined }];
  for (const document of given) {
    giveIdBack({ _id: 'new' }, document);
    assert.deepEqual(document, { _id: 'new' });
  }
});

test('an id is not given where it has no place', () => {
  const own = { _id: 0 };
  giveIdBack({ _id: 'new' }, own);
  assert.deepEqual(own, { _id: 0 });
  const none = {};
  giveIdBack({}, none);
  assert.deepEqual(Object.keys(none), []);
  for (const document of [Object.freeze({}), null, 'text']) {
    assert.doesNotThrow(() => giveIdBack({ _id: 'new' }, document));
  }
});
