import { escapeHtml } from '@beyond-headers/service-kit/escape-html';

/** Markup that is safe to send: made by {@link html} alone. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/**
 * Markup as a template literal. Every text that is put in is escaped, in content and in quoted attributes alike; only what `html`
 * itself made goes in as it is. A list is joined; `false` and `undefined` are nothing.
 */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(fixed.reduce((markup, text, index) => markup + markupOf(parts[index - 1]) + text));
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (part === false || part === undefined) return '';
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escapeHtml(String(part));
}
