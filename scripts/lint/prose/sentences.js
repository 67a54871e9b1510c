import { split } from 'sentence-splitter';

/** Readers have to read a longer sentence twice. */
const MAX_WORDS = 30;

/** Returns a message for each sentence that is too long, with its number of words. Code counts as one word. */
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

/** Removes the addresses of links, and replaces each code span by one word. */
function plain(markdown) {
  return markdown
    .replace(/`[^`]*`/g, 'code')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\{@link ([^}]*)\}/g, '$1');
}
