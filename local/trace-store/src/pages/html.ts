import { escapeHtml } from '@beyond-headers/service-kit/escape-html';

/** Markup that is safe to send. Only {@link html} makes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/**
 * Renders a template literal as markup. It escapes every value, in content and in quoted attributes, except markup that `html`
 * itself made. Lists are joined. `false` and `undefined` render as nothing.
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
