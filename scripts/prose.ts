import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { TextlintKernel, type TextlintPluginCreator, type TextlintRuleModule } from '@textlint/kernel';
import markdownPlugin from '@textlint/textlint-plugin-markdown';
import { hashComments } from './lint/prose/hash-comments.js';
import { longSentences } from './lint/prose/sentences.js';
import { wrongWords } from './lint/prose/words.js';

/** Checks Markdown pages as oxlint checks code (scripts/lint/prose/rule.js). The second loop below checks comments with `#`. */
const prose: TextlintRuleModule = ({ Syntax, report, RuleError, getSource }) => ({
  [Syntax.Paragraph](node) {
    const text = getSource(node);
    for (const message of [...wrongWords(withoutQuotes(text)), ...longSentences(text)])
      report(node, new RuleError(message));
  },
  [Syntax.Header](node) {
    for (const message of wrongWords(withoutQuotes(getSource(node)))) report(node, new RuleError(message));
  },
});

/** Replaces code and quotations, which keep their original words, and removes the addresses of links. */
function withoutQuotes(text: string): string {
  return text
    .replace(/`[^`]*`/g, 'code')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/"[^"]*"|“[^”]*”/g, 'quotation');
}

// The plugin is CommonJS compiled from ESM, so an import in Node.js nests its default export one level deeper.
const { default: markdown } = markdownPlugin as unknown as { default: TextlintPluginCreator };
const kernel = new TextlintKernel();
const filesOf = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', ...patterns], { encoding: 'utf8' })
    .trim()
    .split('\n');
let wrong = 0;
for (const page of filesOf('*.md', ':!:.changeset/*')) {
  const { messages } = await kernel.lintText(readFileSync(page, 'utf8'), {
    filePath: page,
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: markdown }],
    rules: [{ ruleId: 'prose', rule: prose }],
  });
  for (const { line, message } of messages) console.log(`${page}:${line} ${message}`);
  wrong += messages.length;
}
// Skips the headers of the findings, because the pages that are generated from them are checked above.
for (const file of filesOf('*.yaml', '*.yml', '*.sh', '*Dockerfile', '*Tiltfile', ':!:findings/*.sh')) {
  for (const { line, text } of hashComments(readFileSync(file, 'utf8'))) {
    const messages = [...wrongWords(text), ...longSentences(text)];
    for (const message of messages) console.log(`${file}:${line} ${message}`);
    wrong += messages.length;
  }
}
if (wrong > 0) {
  console.log(`${wrong} places to rewrite; scripts/lint/prose has the words and the limit.`);
  process.exitCode = 1;
}
