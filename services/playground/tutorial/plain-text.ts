import type { Token } from 'marked';

/** Returns the text of Markdown without its markup, from which the anchors of headings are made. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? String(token.text) : '',
    )
    .join('');
}
