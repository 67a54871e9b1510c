import { split } from 'sentence-splitter';

/** More words than these have to be read twice. */
const MAX_WORDS = 30;

/** The sentences of a text that are too long, each with its number of words. Code counts as one word. */
export function longSentences(text) {
  return split(plain(text))
    .filter(({ type }) => type === 'Sentence')
    .map(({ raw }) => ({ raw, words: raw.split(/\s+/).filter((word) => /\w/.test(word)).length }))
    .filter(({ words }) => words > MAX_WORDS)
    .map(
      ({ raw, words }) =>
        `${words} words in a sentence, at most ${MAX_WORDS}: "${raw.replace(/\s+/g, ' ').slice(0, 60)}…"`,
    );
}

/** Without the addresses of links; a code span is a word. */
function plain(markdown) {
  return markdown
    .replace(/`[^`]*`/g, 'code')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\{@link ([^}]*)\}/g, '$1');
}
