import type { Token } from 'marked';

/** The text of Markdown without its marks, as the anchors of headings are made from it. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? String(token.text) : '',
    )
    .join('');
}
