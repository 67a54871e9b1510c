import type { SpanShape } from '../tree/span.ts';

export interface Painter {
  service(service: string, text: string): string;
  faint(text: string): string;
  error(text: string): string;
}

// Codes that every terminal supports (https://en.wikipedia.org/wiki/ANSI_escape_code#Colors).
const [red, faint, reset] = [31, 2, 0];
const palette = [36, 35, 33, 32, 34, 97];

const plain: Painter = {
  service: (_service, text) => text,
  faint: (text) => text,
  error: (text) => text,
};

/** Assigns colors to services in the order of their names, so that a service keeps its color from one drawing to the next. */
export function painter(color: boolean, spans: readonly SpanShape[]): Painter {
  if (!color) return plain;
  const services = [...new Set(spans.map((span) => span.service))].toSorted();
  return {
    service: (service, text) => style(palette[services.indexOf(service) % palette.length] ?? reset, text),
    faint: (text) => style(faint, text),
    error: (text) => style(red, text),
  };
}

function style(code: number, text: string): string {
  return `\u001B[${code}m${text}\u001B[${reset}m`;
}
