import { labelOf, type Span } from './span.ts';

/** Reports whether a span matches a label such as `writer SERVER POST /orders`. `*` matches any text, as in `job-* CLIENT POST*`. */
export function matchesLabel(span: Pick<Span, 'service' | 'kind' | 'name'>, label: string): boolean {
  return matchesText(labelOf(span), label);
}

/** Reports whether a text matches a pattern, in which `*` matches any text. */
export function matchesText(text: string, pattern: string): boolean {
  if (!pattern.includes('*')) return text === pattern;
  return new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`, 's').test(text);
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
