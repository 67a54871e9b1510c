import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { TextlintKernel, type TextlintPluginCreator, type TextlintRuleModule } from '@textlint/kernel';
import markdownPlugin from '@textlint/textlint-plugin-markdown';
import { longSentences } from './lint/prose/sentences.js';
import { wrongWords } from './lint/prose/words.js';

/** Holds the Markdown pages to the same words and sentences as comments, which oxlint checks (scripts/lint/prose/rule.js). */
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

/** What others say stays as they said it; the address of a link is not text. */
function withoutQuotes(text: string): string {
  return text
    .replace(/`[^`]*`/g, 'code')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/"[^"]*"|“[^”]*”/g, 'quotation');
}

// The plugin is CommonJS compiled from ESM: an import of Node.js has its default export one level down.
const { default: markdown } = markdownPlugin as unknown as { default: TextlintPluginCreator };
const kernel = new TextlintKernel();
const pages = execFileSync('git', ['ls-files', '*.md', ':!:.changeset/*'], { encoding: 'utf8' })
  .trim()
  .split('\n');
let wrong = 0;
for (const page of pages) {
  const { messages } = await kernel.lintText(readFileSync(page, 'utf8'), {
    filePath: page,
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: markdown }],
    rules: [{ ruleId: 'prose', rule: prose }],
  });
  for (const { line, message } of messages) console.log(`${page}:${line} ${message}`);
  wrong += messages.length;
}
if (wrong > 0) {
  console.log(`${wrong} places to rewrite; scripts/lint/prose has the words and the limit.`);
  process.exitCode = 1;
}
