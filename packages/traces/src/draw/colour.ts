import type { SpanShape } from '../tree/span.ts';

// Codes that every terminal supports (https://en.wikipedia.org/wiki/ANSI_escape_code#Colors).
const [red, faint, reset] = [31, 2, 0];
const palette = [36, 35, 33, 32, 34, 97];

export type Painter = ReturnType<typeof painter>;

/** Assigns colors to services in the order of their names, so that a service keeps its color from one drawing to the next. */
export function painter(color: boolean, spans: readonly SpanShape[]) {
  const services = [...new Set(spans.map((span) => span.service))].toSorted();
  const style = (code: number, text: string) => (color ? `\u001B[${code}m${text}\u001B[${reset}m` : text);
  return {
    service: (service: string, text: string) =>
      style(palette[services.indexOf(service) % palette.length] ?? reset, text),
    faint: (text: string) => style(faint, text),
    error: (text: string) => style(red, text),
  };
}
