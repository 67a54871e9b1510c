import { labelOf, type Span } from './span.ts';

/** Returns whether a span matches a label, such as `writer SERVER POST /orders`; `*` stands for any text, `job-* CLIENT POST*`. */
export function matchesLabel(span: Pick<Span, 'service' | 'kind' | 'name'>, label: string): boolean {
  return matchesText(labelOf(span), label);
}

/** Compares text with a pattern in which `*` stands for any text. */
export function matchesText(text: string, pattern: string): boolean {
  if (!pattern.includes('*')) return text === pattern;
  return new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`, 's').test(text);
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
