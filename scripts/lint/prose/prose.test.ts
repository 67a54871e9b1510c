import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashComments } from './hash-comments.js';
import { prose } from './rule.js';
import { longSentences } from './sentences.js';
import { wrongWords } from './words.js';

const words = (count: number) => `${'word '.repeat(count - 1)}word.`;

test('a word of the list is named', () => {
  for (const wrong of [
    'Starts anew.',
    'It TELLS the caller.',
    'WRITER_PORT is no port.',
    'Whoever calls it waits.',
    'It ends. Who comes late is refused.',
  ])
    assert.equal(wrongWords(wrong).length, 1, wrong);
});

test('good sentences that look like these pass', () => {
  for (const right of [
    'There is no pod.',
    'A reader can tell apart two spans.',
    'The lease is no longer held.',
    'Who calls it?',
    'An indoor trapeze.',
    'Is no one listening?',
    'A claim without an answer is no exception.',
    `trap 'exit' TERM`,
  ])
    assert.deepEqual(wrongWords(right), [], right);
});

test('a sentence is long from 31 words on', () => {
  assert.equal(longSentences(words(30)).length, 0);
  assert.match(longSentences(`Short. ${words(31)}`)[0] ?? '', /^31 words/);
});

test('code and addresses are not words', () => {
  assert.deepEqual(longSentences(words(28).replace('word', '`a b c d`')), []);
  assert.deepEqual(longSentences(words(28).replace('word', '[word](a/b c d e)')), []);
});

interface Comment {
  type: 'Line' | 'Block';
  value: string;
  loc: { start: { line: number }; end: { line: number } };
}

/** Returns the messages that the rule reports for comments and for one string. */
function findings(comments: Comment[], string = ''): string[] {
  const found: string[] = [];
  const context = {
    sourceCode: { getAllComments: () => comments },
    report: ({ message }: { message: string }) => void found.push(message),
  };
  const rule = prose.create(context);
  rule.Program();
  rule.Literal({ value: string });
  return found;
}

const comment = (type: Comment['type'], line: number, value: string): Comment => ({
  type,
  value,
  loc: { start: { line }, end: { line } },
});

test('lines of a comment are one sentence, and paragraphs of a docstring are not', () => {
  const half = 'word '.repeat(20);
  assert.equal(findings([comment('Line', 1, half), comment('Line', 2, half)]).length, 1);
  assert.equal(findings([comment('Line', 1, half), comment('Line', 3, half)]).length, 0);
  assert.equal(findings([comment('Block', 1, `*\n * ${half}\n *\n * ${half}\n `)]).length, 0);
  assert.equal(findings([comment('Block', 1, `*\n * | ${half} |\n * | ${half} |\n `)]).length, 0);
  assert.equal(findings([comment('Block', 1, `*\n * ${half}\n * ${half}\n `)]).length, 1);
});

test('comments of YAML and shell are texts, samples in them are not', () => {
  const source = '#!/bin/sh\n# One\n# text.\n#\n#   npm start\n# Another.\na: 1 # no text\n  # A third.\n';
  assert.deepEqual(hashComments(source), [
    { line: 2, text: 'One\ntext.' },
    { line: 6, text: 'Another.' },
    { line: 8, text: 'A third.' },
  ]);
});

test('strings are held to the words, names in them are not', () => {
  assert.equal(findings([], 'got no answer: ask anew').length, 1);
  assert.equal(findings([], 'anew').length, 0);
});
