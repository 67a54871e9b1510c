import { dirname, posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import { lexer, walkTokens, type Token, type Tokens } from 'marked';
import { plainText } from '../../services/playground/tutorial/plain-text.ts';
import { read } from '../project-files.ts';

/** A link or picture on a page that points to a file or heading of this project. */
export interface Link {
  page: string;
  /** The label as written. Empty in HTML. */
  text: string;
  /** The target as written. */
  href: string;
  /** Relative to the root of the project, without the anchor. */
  path: string;
  anchor: string | undefined;
}

/** Returns the links and pictures of a page, except those to other sites. */
export function linksOf(page: string): Link[] {
  return targets(read(page))
    .filter(({ href }) => !/^[a-z][a-z+.-]*:/i.test(href))
    .map(({ text, href }) => {
      const [target = '', anchor] = href.split('#');
      const path = target === '' ? page : posix.join(dirname(page), decodeURI(target));
      return { page, text, href, path, anchor };
    });
}

function targets(source: string): Array<Pick<Link, 'text' | 'href'>> {
  return tokensOf(source).flatMap((token) => {
    if (token.type === 'link' || token.type === 'image') return [token as Tokens.Link];
    if (token.type === 'html')
      return Array.from(token.raw.matchAll(/\b(?:href|src)="([^"]*)"/g), ([, href = '']) => ({
        text: '',
        href,
      }));
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
