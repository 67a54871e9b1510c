import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import GithubSlugger from 'github-slugger';
import { lexer, walkTokens, type Token, type Tokens } from 'marked';
import { plainText } from '../../../services/playground/tutorial/plain-text.ts';

/** Returns the paths of all Markdown files of the project, relative to its root. */
export function markdownFiles(): string[] {
  return globSync('**/*.md', {
    cwd: ROOT,
    exclude: ['**/node_modules/**', '.local/**', '**/dist/**'],
  }).toSorted();
}

export const readPage = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A link to a file of this project. `path` is relative to the root. */
export interface Link {
  /** The link's target as written. */
  href: string;
  path: string;
  anchor?: string;
}

/** Returns the links and pictures of a page that point to files or headings of the project. */
export function localLinks(path: string, source: string): Link[] {
  return hrefs(source)
    .filter((href) => !/^[a-z][a-z+.-]*:/i.test(href))
    .map((href) => {
      const [target = '', anchor] = href.split('#');
      const resolved = target === '' ? path : posix.join(dirname(path), decodeURI(target));
      return { href, path: resolved, ...(anchor !== undefined && { anchor }) };
    });
}

function hrefs(source: string): string[] {
  return tokensOf(source).flatMap((token) => {
    if (token.type === 'link' || token.type === 'image') return [(token as Tokens.Link).href];
    if (token.type === 'html')
      return Array.from(token.raw.matchAll(/\b(?:href|src)="([^"]*)"/g), ([, href = '']) => href);
    return [];
  });
}

/** Returns the anchors that GitHub generates for the headings of a page. */
export function anchorsOf(source: string): string[] {
  const slugger = new GithubSlugger();
  return tokensOf(source)
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map((heading) => slugger.slug(plainText(heading.tokens)));
}

/** Returns the texts of inline code, without code blocks. */
export function codeSpans(source: string): string[] {
  return tokensOf(source).flatMap((token) =>
    token.type === 'codespan' ? [(token as Tokens.Codespan).text] : [],
  );
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  void walkTokens(lexer(source), (token) => void tokens.push(token));
  return tokens;
}
