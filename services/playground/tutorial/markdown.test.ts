import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from './markdown.ts';

const nowhere = { link: () => undefined, image: () => undefined };
const render = (source: string) => renderMarkdown(source, nowhere).html;

test('markup in the text is shown as text', () => {
  const html = render('<script>alert(1)</script>\n\nand <img src=x onerror=alert(1)>');
  assert.match(html, /^&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  assert.match(html, /<p>and &lt;img src=x onerror=alert\(1\)&gt;<\/p>/);
});

test('no construct of Markdown lets markup through', () => {
  const hostile = '"><svg onload=alert(1)>';
  for (const source of [
    `# ${hostile}`,
    `- ${hostile}`,
    `| a |\n|---|\n| ${hostile} |`,
    `> ${hostile}`,
    `\`${hostile}\``,
    `\`\`\`${hostile}\n${hostile}\n\`\`\``,
    `[${hostile}](x "${hostile}")`,
    `![${hostile}](x "${hostile}")`,
    `[x]: ${hostile}\n\n[x]`,
    `<a href="javascript:alert(1)">${hostile}</a>`,
  ])
    assert.doesNotMatch(render(source), /<svg|<a /i, source);
});

test('an address is one only if it is given', () => {
  const targets = {
    link: (href: string) => (href === 'next.md' ? '/tutorial/next' : undefined),
    image: (href: string) => (href === 'a.png' ? { url: '/a.png', width: 2, height: 1 } : undefined),
  };
  const { html } = renderMarkdown(
    '[go](next.md) [no](javascript:alert(1)) ![seen](a.png) ![not](b.png)',
    targets,
  );
  assert.match(html, /<a href="\/tutorial\/next">go<\/a> no /);
  assert.match(html, /<img src="\/a\.png" alt="seen" width="2" height="1"/);
  assert.match(html, /<em>not<\/em>/);
});

test('headings have the anchors that links of the documents name', () => {
  const { title, html } = renderMarkdown(
    '# Show the `terminal` where\n\n## Twice\n\n## Twice\n\n## It’s "q" & a',
    nowhere,
  );
  assert.equal(title, 'Show the `terminal` where');
  const ids = [...html.matchAll(/id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(ids, ['show-the-terminal-where', 'twice', 'twice-1', 'its-q--a']);
});

test('anchors are those of GitHub for marks, repeats and letters of any language', () => {
  const source = [
    '# A [link](x.md) and **bold**',
    '## Größe & Maß',
    '## a',
    '## a-1',
    '## a',
    '## 日本',
  ].join('\n\n');
  const ids = [...renderMarkdown(source, nowhere).html.matchAll(/id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(ids, ['a-link-and-bold', 'größe--maß', 'a', 'a-1', 'a-2', '日本']);
});

test('of the words behind a language readers see none', () => {
  assert.match(
    render('```sh needs kubectl\nkubectl get jobs\n```'),
    /<pre tabindex="0" data-language="sh"><code>kubectl get jobs/,
  );
});
