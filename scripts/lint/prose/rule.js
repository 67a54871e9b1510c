import { longSentences } from './sentences.js';
import { wrongWords } from './words.js';

/** Checks comments and strings for words that this project avoids, and comments for sentences that are too long. */
export const prose = {
  create(context) {
    const inString = (node, text) => {
      if (/\s/.test(text)) for (const message of wrongWords(text)) context.report({ node, message });
    };
    return {
      Program() {
        for (const { loc, text } of paragraphs(context.sourceCode.getAllComments()))
          for (const message of [...wrongWords(text), ...longSentences(text)])
            context.report({ loc, message });
      },
      Literal: (node) => typeof node.value === 'string' && inString(node, node.value),
      TemplateElement: (node) => inString(node, node.value.cooked ?? ''),
    };
  },
};

/** Returns the texts of comments. Consecutive `//` lines are one text. Each paragraph, item, row, and tag of a docstring is a text. */
function paragraphs(comments) {
  const found = [];
  for (const { type, value, loc } of comments) {
    const last = found.at(-1);
    if (type === 'Block') {
      const text = value.replace(/^\s*\* ?/gm, '');
      found.push(...text.split(/\n\s*\n|\n(?=\s*(?:@|- |\|))/).map((part) => ({ loc, text: part })));
    } else if (last?.line === true && last.loc.end.line === loc.start.line - 1) {
      last.text += `\n${value.trim()}`;
      last.loc = { start: last.loc.start, end: loc.end };
    } else found.push({ loc, text: value.trim(), line: true });
  }
  return found;
}
