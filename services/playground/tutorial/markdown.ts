import { escapeHtml } from '@beyond-headers/service-kit/escape-html';
import GithubSlugger from 'github-slugger';
import { Marked, type Tokens } from 'marked';
import { plainText } from './plain-text.ts';

/** Resolves the links and pictures of a page. Undefined for what this server doesn't have. */
export interface Targets {
  link: (href: string) => string | undefined;
  image: (href: string) => Picture | undefined;
}

export interface Picture {
  url: string;
  /** In pixels, so that nothing moves when the picture loads. */
  width: number;
  height: number;
}

export interface RenderedMarkdown {
  title: string;
  html: string;
}

/** Renders Markdown as safe HTML. Markup in the text is shown as text, and only addresses from `targets` are used. */
export function renderMarkdown(source: string, targets: Targets): RenderedMarkdown {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      code: ({ text, lang }) => codeBlock(text, lang),
      heading({ tokens, depth }) {
        const content = this.parser.parseInline(tokens);
        // As on GitHub, so that links within a page also work here.
        const id = slugger.slug(plainText(tokens));
        return `<h${depth} id="${escapeHtml(id)}">${content}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const content = this.parser.parseInline(tokens);
        const target = targets.link(href);
        return target === undefined ? content : `<a href="${escapeHtml(target)}">${content}</a>`;
      },
      image: ({ href, text }) => image(targets.image(href), text),
    },
  });
  const tokens = marked.lexer(source);
  const heading = tokens.find((token): token is Tokens.Heading => token.type === 'heading');
  return { title: heading?.text ?? '', html: marked.parser(tokens) };
}

/** Leaves out the words after the language, which only the tests of the documents need. */
function codeBlock(text: string, info = ''): string {
  const [language = ''] = info.split(' ');
  return `<pre tabindex="0" data-language="${escapeHtml(language)}"><code>${escapeHtml(text)}</code></pre>\n`;
}

function image(picture: Picture | undefined, alt: string): string {
  if (!picture) return `<em>${escapeHtml(alt)}</em>`;
  const { url, width, height } = picture;
  return `<a href="${escapeHtml(url)}"><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}" loading="lazy"></a>`;
}
